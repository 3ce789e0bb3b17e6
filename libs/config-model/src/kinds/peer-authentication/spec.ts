import type { Static } from '@sinclair/typebox';
import { map, message, words } from '../../schema/builders.js';
import { workloadSelector } from '../workload-selector.js';

export type MutualTls = Static<typeof mutualTls>;
export const mutualTls = message({ mode: words('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT') });

/** security.istio.io PeerAuthentication, as written. Keys of `portLevelMtls` are workload ports. */
export type PeerAuthenticationSpec = Static<typeof peerAuthenticationSpec>;
export const peerAuthenticationSpec = message({
  selector: workloadSelector,
  mtls: mutualTls,
  portLevelMtls: map(mutualTls),
});
