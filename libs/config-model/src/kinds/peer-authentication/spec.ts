import type { Static } from '@sinclair/typebox';
import { map, message, words, type Rule } from '../../schema/builders.js';
import { workloadSelector } from '../workload-selector.js';

export type MutualTls = Static<typeof mutualTls>;
export const mutualTls = message({ mode: words('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT') });

const portRange: Rule = {
  rule: 'self.all(port, int(port) >= 1 && int(port) <= 65535)',
  message: 'a port is between 1 and 65535',
};

const portsNeedSelector: Rule = {
  rule:
    '!has(self.portLevelMtls) ||' +
    ' (has(self.selector) && has(self.selector.matchLabels) && self.selector.matchLabels.size() > 0)',
  message: 'portLevelMtls needs a selector',
};

/** security.istio.io PeerAuthentication, as written. Keys of `portLevelMtls` are workload ports. */
export type PeerAuthenticationSpec = Static<typeof peerAuthenticationSpec>;
export const peerAuthenticationSpec = message(
  {
    selector: workloadSelector,
    mtls: mutualTls,
    portLevelMtls: map(mutualTls, { minProperties: 1, rules: [portRange] }),
  },
  [],
  { rules: [portsNeedSelector] },
);
