import type { CaptureConfig, IpFamily } from './capture-config.js';
import {
  append,
  comesInBy,
  goBack,
  goesOutBy,
  insert,
  isToPort,
  jumpTo,
  tcp,
  when,
  type CaptureRule,
} from './capture-rule.js';
import { inboundRules } from './inbound-rules.js';
import { outboundRules } from './outbound-rules.js';

/** All rules of these address families, in the order in which they are put in place. */
export function createCaptureRules(
  config: CaptureConfig,
  families: readonly IpFamily[],
): readonly CaptureRule[] {
  const redirectTo = (port: number): ReturnType<typeof when> => when([tcp], { kind: 'redirect', port });
  return [
    ...exemptInterfaces(config),
    ...config.virtualInterfaces.map((name) =>
      insert('nat', 'PREROUTING', 1, when([comesInBy(name)], goBack)),
    ),
    ...(config.dropInvalid ? dropInvalidRules : []),
    ...append('nat', 'ISTIO_INBOUND', when([tcp, isToPort(config.tunnelPort)], goBack)),
    ...append('nat', 'ISTIO_REDIRECT', redirectTo(config.outboundPort)),
    ...append('nat', 'ISTIO_IN_REDIRECT', redirectTo(config.inboundPort)),
    ...inboundRules(config, families),
    ...outboundRules(config, families),
  ];
}

function exemptInterfaces({ excludedInterfaces, mode }: CaptureConfig): readonly CaptureRule[] {
  const tables = mode === 'TPROXY' ? (['nat', 'mangle'] as const) : (['nat'] as const);
  return tables.flatMap((table) =>
    excludedInterfaces.flatMap((name) => [
      ...append(table, 'PREROUTING', when([comesInBy(name)], goBack)),
      ...append(table, 'OUTPUT', when([goesOutBy(name)], goBack)),
    ]),
  );
}

/** Packets out of window would otherwise be answered by the kernel, with a reset that ends a good connection. */
const dropInvalidRules: readonly CaptureRule[] = [
  ...append('mangle', 'PREROUTING', when([{ kind: 'state', state: 'INVALID' }], jumpTo('ISTIO_DROP'))),
  ...append('mangle', 'ISTIO_DROP', when([], { kind: 'drop' })),
];
