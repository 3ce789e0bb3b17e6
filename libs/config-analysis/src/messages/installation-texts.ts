import type { installationMessages } from './installation.js';
import type { MessageTexts } from './message-text.js';

export const installationTexts: MessageTexts<typeof installationMessages> = {
  UnknownMeshNetworksServiceRegistry: {
    example: '`fromRegistry: cluster-b` in meshNetworks, and no cluster of that name',
    cure: 'Correct the name: it is the cluster ID of a remote secret or of this cluster.',
  },
  InvalidWebhook: {
    example: 'a webhook whose Service does not exist, or two webhooks that take one pod',
    cure: 'Mend what the message names; usually a rest of an earlier revision is to be deleted.',
  },
  InsufficientPermissions: {
    example: '`istioctl x precheck` as a user who may not create ClusterRoles',
    cure: 'Install as another user, or have the rights granted.',
  },
  UnsupportedKubernetesVersion: {
    example: 'a cluster several minor versions behind',
    cure: 'Upgrade Kubernetes first.',
  },
  InvalidExternalControlPlaneConfig: {
    example: 'a webhook with a `url` without a host',
    cure: 'Write the URL of the external istiod, host name included.',
  },
  ExternalControlPlaneAddressIsNotAHostname: {
    example: '`url: https://192.0.2.10:15017/inject`',
    cure: 'None is needed; a host name outlives a change of the address.',
  },
  UnknownUpgradeCompatibility: {
    example: '`istioctl x precheck --from-version` where part of the cluster cannot be read',
    cure: 'Read what changes, and try it; or keep the old behaviour with the setting of the message.',
  },
  UpdateIncompatibility: {
    example: '`istioctl x precheck --from-version` of a mesh that relies on an old default',
    cure: 'Change what relies on it; or keep the old behaviour with the setting of the message for the time being.',
  },
  JwksUriFetchUnrestricted: {
    example:
      'anyone who may write a RequestAuthentication makes istiod ask an address of the internal network',
    cure: 'Set `BLOCKED_CIDRS_IN_JWKS_URIS` of istiod to the networks that hold no key server.',
  },
};
