import { message, quoted } from './message.js';

/** About gateways of both kinds, and what is bound to them. */
export const gatewayMessages = {
  VirtualServiceHostNotFoundInGateway: message<{
    readonly host: readonly string[];
    readonly virtualservice: string;
    readonly gateway: string;
  }>(
    'IST0132',
    'warning',
    'a VirtualService is bound to a gateway that does not serve its hosts',
    ({ host, virtualservice, gateway }) =>
      `Gateway ${gateway} serves none of the hosts ${quoted(host)} of VirtualService ${virtualservice}`,
  ),
  GatewayDuplicateCertificate: message<{ readonly gateways: readonly string[] }>(
    'IST0138',
    'warning',
    'gateways share a certificate',
    ({ gateways }) =>
      `The gateways ${quoted(gateways)} serve one certificate: a client that uses its HTTP/2 connection for both may ` +
      'get 404',
  ),
  ConflictingGateways: message<{
    readonly gateway: string;
    readonly selector: string;
    readonly portnumber: string;
    readonly hosts: string;
  }>(
    'IST0145',
    'error',
    'gateways claim the same port and hosts of the same workload',
    ({ gateway, selector, portnumber, hosts }) =>
      `Also claimed by ${gateway}: hosts ${hosts} on port ${portnumber} of the workload ${selector}; only one can have them`,
  ),
  InvalidGatewayCredential: message<{ readonly gatewayName: string; readonly gatewayNamespace: string }>(
    'IST0161',
    'error',
    'a Secret that holds no usable key and certificate',
    ({ gatewayName, gatewayNamespace }) =>
      `The credential of Gateway ${gatewayName} in namespace ${gatewayNamespace} is no pair of a certificate and its ` +
      'key, so its server cannot start',
  ),
  GatewayPortNotDefinedOnService: message<{ readonly port: number; readonly selector: string }>(
    'IST0162',
    'warning',
    'a gateway listens on a port that its Service does not have',
    ({ port, selector }) =>
      `Port ${port} is on no Service of the pods ${selector}: it is not reached through the gateway's Service`,
  ),
  ReferencedInternalGateway: message<{ readonly virtualservice: string; readonly gateway: string }>(
    'IST0165',
    'warning',
    'a VirtualService refers to a gateway that was generated for another object',
    ({ virtualservice, gateway }) =>
      `VirtualService ${virtualservice} refers to ${gateway}, which is generated and may go away or change its name`,
  ),
  IneffectiveSelector: message<{ readonly gateway: string }>(
    'IST0166',
    'warning',
    'a policy selects the pods of a Kubernetes Gateway by labels',
    ({ gateway }) =>
      `A selector has no effect on the Kubernetes Gateway ${gateway}; name it in targetRefs instead`,
  ),
  UnsupportedGatewayAPIVersion: message<{ readonly version: string; readonly minimumVersion: string }>(
    'IST0156',
    'error',
    'the Gateway API that is installed is too old',
    ({ version, minimumVersion }) =>
      `The Gateway API is installed at ${version}; at least ${minimumVersion} is needed`,
  ),
  FutureUnsupportedGatewayAPIVersion: message<{
    readonly version: string;
    readonly minimumVersion: string;
  }>(
    'IST0172',
    'warning',
    'the Gateway API that is installed will be too old for a later version',
    ({ version, minimumVersion }) =>
      `The Gateway API is installed at ${version}; a later version will need ${minimumVersion}`,
  ),
  GatewayAPICRDVersionBelowMinimum: message<{
    readonly crd: string;
    readonly installedVersion: string;
    readonly minimumVersion: string;
  }>(
    'IST0176',
    'warning',
    'a kind of the Gateway API is installed in a version that is not read',
    ({ crd, installedVersion, minimumVersion }) =>
      `${crd} is installed at ${installedVersion} and read from ${minimumVersion} on; until it is upgraded its objects ` +
      'do nothing',
  ),
} as const;
