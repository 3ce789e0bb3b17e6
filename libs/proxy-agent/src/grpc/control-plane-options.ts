import type { Clock } from '@istio-ts/foundation';
import type { AgentSettings } from '../agent-settings.js';
import type { SecretSource } from '../certificates/workload-secret.js';
import type { PodRoot } from '../pod/pod-paths.js';
import type { ControlPlaneOptions } from './control-plane-channel.js';

/** How this pod calls a service of the control plane at `address`. */
export function controlPlaneOptions(input: {
  readonly address: string;
  readonly settings: Pick<AgentSettings, 'serverName' | 'clusterId'>;
  readonly root: PodRoot;
  readonly clock: Clock;
  readonly secrets: Pick<SecretSource, 'current'>;
}): ControlPlaneOptions {
  const { address, settings, root, clock, secrets } = input;
  return {
    address,
    serverName: settings.serverName,
    clusterId: settings.clusterId,
    clock,
    credentials: {
      tokenFile: root.path('token'),
      rootCertFile: root.path('rootCert'),
      clientCertificate() {
        const secret = secrets.current();
        return secret !== undefined && secret.leaf.notAfterMs > clock.nowMs() ? secret : undefined;
      },
    },
  };
}
