import { outputFlag, portFlag, textFlag } from '../../command/flags.js';
import { sourceFlags } from './dump-source.js';

/** Filters that the commands about endpoints share. */
export const endpointFlags = {
  ...sourceFlags,
  output: outputFlag('short', 'json', 'yaml'),
  address: textFlag('ADDRESS', 'only endpoints of this address'),
  port: portFlag,
  cluster: textFlag('CLUSTER', 'only endpoints of this cluster, outbound|80||web.default.svc.cluster.local'),
  status: textFlag('STATUS', 'only endpoints of this status: healthy, unhealthy, draining, …'),
} as const;
