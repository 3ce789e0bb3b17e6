import { message } from './message.js';

/** About VirtualService, DestinationRule, ServiceEntry. */
export const routingMessages = {
  ConflictingMeshGatewayVirtualServiceHosts: message<{
    readonly virtualServices: string;
    readonly host: string;
  }>(
    'IST0109',
    'error',
    'several VirtualServices route one host inside the mesh',
    ({ virtualServices, host }) =>
      `The VirtualServices ${virtualServices} all route host ${host} inside the mesh, and only one of them counts; ` +
      'merge them into one',
  ),
  VirtualServiceDestinationPortSelectorRequired: message<{
    readonly destHost: string;
    readonly destPorts: readonly number[];
  }>(
    'IST0112',
    'error',
    'a route to a service of several ports names none',
    ({ destHost, destPorts }) =>
      `${destHost} has the ports ${destPorts.join(', ')}; say in the destination which one is meant`,
  ),
  NoServerCertificateVerificationDestinationLevel: message<{
    readonly destinationrule: string;
    readonly namespace: string;
    readonly mode: string;
    readonly host: string;
  }>(
    'IST0128',
    'warning',
    'TLS is started without checking the certificate of the server',
    ({ destinationrule, mode, host }) =>
      `DestinationRule ${destinationrule} opens TLS (${mode}) to ${host} without ` +
      'caCertificates: whoever answers is believed',
  ),
  NoServerCertificateVerificationPortLevel: message<{
    readonly destinationrule: string;
    readonly namespace: string;
    readonly mode: string;
    readonly host: string;
    readonly port: string;
  }>(
    'IST0129',
    'warning',
    'TLS to one port is started without checking the certificate of the server',
    ({ destinationrule, mode, host, port }) =>
      `DestinationRule ${destinationrule} opens TLS (${mode}) to port ${port} of ${host} ` +
      'without caCertificates: whoever answers is believed',
  ),
  VirtualServiceUnreachableRule: message<{ readonly ruleno: string; readonly reason: string }>(
    'IST0130',
    'warning',
    'a route that no request reaches',
    ({ ruleno, reason }) => `The rule ${ruleno} is never used: ${reason}`,
  ),
  VirtualServiceIneffectiveMatch: message<{
    readonly ruleno: string;
    readonly matchno: string;
    readonly dupno: string;
  }>(
    'IST0131',
    'info',
    'a match that an earlier one always takes first',
    ({ ruleno, matchno, dupno }) =>
      `Match ${matchno} of rule ${ruleno} is never used: rule ${dupno} takes the same requests before it`,
  ),
  ServiceEntryAddressesRequired: message(
    'IST0134',
    'warning',
    'a ServiceEntry for plain TCP has no address by which its traffic could be told apart',
    () =>
      'Ports of protocol TCP (or of none) need addresses: without them every connection to the port is taken',
  ),
  IngressRouteRulesNotAffected: message<{
    readonly virtualservicesubset: string;
    readonly virtualservice: string;
  }>(
    'IST0140',
    'warning',
    'a subset that does nothing for requests through an ingress gateway',
    ({ virtualservicesubset, virtualservice }) =>
      `The subset of VirtualService ${virtualservicesubset} does nothing for requests that come in through ${virtualservice}`,
  ),
  JwtClaimBasedRoutingWithoutRequestAuthN: message<{
    readonly key: string;
    readonly gateway: string;
    readonly pod: string;
  }>(
    'IST0149',
    'error',
    'routes by JWT claims at a gateway that checks no JWT',
    ({ key, gateway, pod }) =>
      `Routes by the JWT claim ${key}, and no RequestAuthentication applies to pod ${pod} of gateway ${gateway}: ` +
      'without one the claim is never there',
  ),
  DestinationRuleSubsetNotSelectPods: message<{ readonly subset: string }>(
    'IST0173',
    'error',
    'a subset without pods',
    ({ subset }) => `No pod of the host belongs to subset ${subset}; requests for it end with 503 (UH)`,
  ),
  UnknownDestinationRuleHost: message<{ readonly host: string }>(
    'IST0174',
    'warning',
    'a DestinationRule for a host that the mesh does not know',
    ({ host }) => `No service of the mesh has the host ${host}, so this rule applies to none`,
  ),
  ConflictingServiceEntryProtocol: message<{
    readonly serviceEntryNames: string;
    readonly host: string;
    readonly port: number;
    readonly protocols: string;
  }>(
    'IST0177',
    'warning',
    'ServiceEntries disagree on the protocol of one port',
    ({ serviceEntryNames, host, port, protocols }) =>
      `The ServiceEntries ${serviceEntryNames} give port ${port} of ${host} different protocols: ${protocols}`,
  ),
  EnvoyFilterUsesRelativeOperation: message(
    'IST0151',
    'warning',
    'a patch whose effect depends on which patches came before it',
    () =>
      'A patch here works relative to what other patches left and the EnvoyFilter has no priority, so it may find ' +
      'nothing to work on; use INSERT_FIRST or ADD, or set priority',
  ),
  EnvoyFilterUsesReplaceOperationIncorrectly: message(
    'IST0152',
    'error',
    'REPLACE where it cannot work',
    () => 'REPLACE works for HTTP_FILTER and NETWORK_FILTER only',
  ),
  EnvoyFilterUsesAddOperationIncorrectly: message(
    'IST0153',
    'error',
    'ADD where it does nothing',
    () => 'ADD does nothing with applyTo ROUTE_CONFIGURATION or HTTP_ROUTE',
  ),
  EnvoyFilterUsesRemoveOperationIncorrectly: message(
    'IST0154',
    'error',
    'REMOVE where it does nothing',
    () => 'REMOVE does nothing with applyTo ROUTE_CONFIGURATION or HTTP_ROUTE',
  ),
  EnvoyFilterUsesRelativeOperationWithProxyVersion: message(
    'IST0155',
    'warning',
    'a relative patch for some versions of the proxy only',
    () =>
      'A patch here works relative to others, is for some proxyVersion only, and the EnvoyFilter has no priority: it ' +
      'may stop working during an upgrade; use INSERT_FIRST or ADD, or set priority',
  ),
} as const;
