import { message } from './message.js';

/** About the installation: webhooks, clusters, versions, upgrades. */
export const installationMessages = {
  UnknownMeshNetworksServiceRegistry: message<{
    readonly serviceregistry: string;
    readonly network: string;
  }>(
    'IST0126',
    'error',
    'a network names a cluster that is not known',
    ({ serviceregistry, network }) =>
      `Network ${network} names the unknown service registry ${serviceregistry}`,
  ),
  InvalidWebhook: message<{ readonly error: string }>(
    'IST0139',
    'error',
    'an injection webhook that cannot work',
    ({ error }) => error,
  ),
  InsufficientPermissions: message<{ readonly resource: string; readonly error: string }>(
    'IST0141',
    'error',
    'an installation would not be allowed',
    ({ resource, error }) => `You may not create ${resource}, which an installation needs (${error})`,
  ),
  UnsupportedKubernetesVersion: message<{ readonly version: string; readonly minimumVersion: string }>(
    'IST0142',
    'error',
    'Kubernetes is too old',
    ({ version, minimumVersion }) => `Kubernetes is at ${version}; at least ${minimumVersion} is needed`,
  ),
  InvalidExternalControlPlaneConfig: message<{
    readonly hostname: string;
    readonly webhook: string;
    readonly msg: string;
  }>(
    'IST0163',
    'warning',
    'a webhook has no usable address of an external control plane',
    ({ hostname, webhook, msg }) =>
      `The address ${JSON.stringify(hostname)} by which webhook ${webhook} reaches an external control plane ${msg}`,
  ),
  ExternalControlPlaneAddressIsNotAHostname: message<{
    readonly hostname: string;
    readonly webhook: string;
  }>(
    'IST0164',
    'info',
    'a webhook reaches an external control plane by an IP address',
    ({ hostname, webhook }) =>
      `Webhook ${webhook} reaches the external control plane by the IP address in ${hostname}; a host name can move`,
  ),
  UnknownUpgradeCompatibility: message<{
    readonly field: string;
    readonly release: string;
    readonly info: string;
    readonly compatVersion: string;
  }>(
    'IST0168',
    'warning',
    'an upgrade changes a setting, and whether that matters cannot be told',
    ({ field, release, info, compatVersion }) =>
      `${field} changes with ${release}, and whether that matters here cannot be told: ${info}. ` +
      `"--set compatibilityVersion=${compatVersion}" keeps it as it was`,
  ),
  UpdateIncompatibility: message<{
    readonly field: string;
    readonly release: string;
    readonly info: string;
    readonly compatVersion: string;
  }>(
    'IST0169',
    'warning',
    'an upgrade changes a setting that matters here',
    ({ field, release, info, compatVersion }) =>
      `${field} changes with ${release}: ${info}. "--set compatibilityVersion=${compatVersion}" keeps it as it was`,
  ),
  JwksUriFetchUnrestricted: message<{ readonly count: number; readonly names: string }>(
    'IST0175',
    'warning',
    'istiod may fetch keys from any address',
    ({ count, names }) =>
      `${count} RequestAuthentication(s) exist (${names}) and BLOCKED_CIDRS_IN_JWKS_URIS is not set: their keys may be ` +
      'fetched from any address; set it to the networks that are out of bounds',
  ),
} as const;
