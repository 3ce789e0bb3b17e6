import type { CaptureConfig, IpFamily } from './capture-config.js';
import { append, insert, type CaptureRule } from './capture-rule.js';
import { inboundRules } from './inbound-rules.js';
import { outboundRules } from './outbound-rules.js';

/** All rules of one address family, in the order in which they are put in place. */
export function createCaptureRules(config: CaptureConfig, family: IpFamily): readonly CaptureRule[] {
  return [
    ...config.excludedInterfaces.flatMap((name) => [
      ...append('nat', 'PREROUTING', `-i ${name} -j RETURN`),
      ...append('nat', 'OUTPUT', `-o ${name} -j RETURN`),
    ]),
    ...config.virtualInterfaces.map((name) => insert('nat', 'PREROUTING', 1, `-i ${name} -j RETURN`)),
    ...(config.dropInvalid ? dropInvalidRules : []),
    ...append('nat', 'ISTIO_INBOUND', `-p tcp --dport ${config.tunnelPort} -j RETURN`),
    ...append('nat', 'ISTIO_REDIRECT', `-p tcp -j REDIRECT --to-ports ${config.outboundPort}`),
    ...append('nat', 'ISTIO_IN_REDIRECT', `-p tcp -j REDIRECT --to-ports ${config.inboundPort}`),
    ...inboundRules(config, family),
    ...outboundRules(config, family),
  ];
}

/** Packets out of window would otherwise be answered by the kernel, with a reset that ends a good connection. */
const dropInvalidRules: readonly CaptureRule[] = [
  ...append('mangle', 'PREROUTING', '-m conntrack --ctstate INVALID -j ISTIO_DROP'),
  ...append('mangle', 'ISTIO_DROP', '-j DROP'),
];
