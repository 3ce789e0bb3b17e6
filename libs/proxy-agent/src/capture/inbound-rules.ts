import { familyAddresses } from './address-family.js';
import type { CaptureConfig, IpFamily } from './capture-config.js';
import {
  append,
  comesInBy,
  goBack,
  goesOutBy,
  insert,
  isFrom,
  isMarked,
  isTo,
  isToPort,
  jumpTo,
  not,
  tcp,
  when,
  type CaptureRule,
  type PacketMatch,
  type RuleSpec,
} from './capture-rule.js';
import { ownersOf } from './proxy-owners.js';

/** What comes to the pod goes to Envoy's inbound port, but for exempt ports. */
export function inboundRules(config: CaptureConfig, families: readonly IpFamily[]): readonly CaptureRule[] {
  const captures = config.inboundPorts === 'all' || config.inboundPorts.length > 0;
  if (config.mode !== 'TPROXY') return captures ? redirectRules(config) : [];
  return [...(captures ? tproxyRules(config, families) : []), ...markRules(config, families)];
}

/** Matches for the captured inbound ports: one without a port for all of them. */
function capturedPorts({ inboundPorts }: CaptureConfig): readonly (readonly PacketMatch[])[] {
  return inboundPorts === 'all' ? [[tcp]] : inboundPorts.map((port) => [tcp, isToPort(port)]);
}

function exemptPorts({ inboundPorts, excludedInboundPorts }: CaptureConfig): readonly RuleSpec[] {
  if (inboundPorts !== 'all') return [];
  return excludedInboundPorts.map((port) => when([tcp, isToPort(port)], goBack));
}

function redirectRules(config: CaptureConfig): readonly CaptureRule[] {
  const captured = capturedPorts(config).map((matches) => when(matches, jumpTo('ISTIO_IN_REDIRECT')));
  return [
    ...append('nat', 'PREROUTING', when([tcp], jumpTo('ISTIO_INBOUND'))),
    ...append('nat', 'ISTIO_INBOUND', ...exemptPorts(config), ...captured),
  ];
}

/** The application sees the client's address: packets are steered, not rewritten, and marks say who has been to Envoy. */
function tproxyRules(config: CaptureConfig, families: readonly IpFamily[]): readonly CaptureRule[] {
  const { tproxyMark: mark, inboundPort: port } = config;
  const captured = capturedPorts(config).flatMap((matches) => [
    when([...matches, { kind: 'state', state: 'RELATED,ESTABLISHED' }], jumpTo('ISTIO_DIVERT')),
    when(matches, jumpTo('ISTIO_TPROXY')),
  ]);
  const steered = families.map((family) => {
    const { loopback } = familyAddresses(family, config);
    return when([not(isTo(loopback)), tcp], { kind: 'tproxy', port, mark });
  });
  return [
    ...append('mangle', 'ISTIO_DIVERT', when([], { kind: 'set-mark', mark }), when([], { kind: 'accept' })),
    ...append('mangle', 'ISTIO_TPROXY', ...steered),
    ...append('mangle', 'PREROUTING', when([tcp], jumpTo('ISTIO_INBOUND'))),
    ...append('mangle', 'ISTIO_INBOUND', ...exemptPorts(config), ...captured),
  ];
}

function markRules(config: CaptureConfig, families: readonly IpFamily[]): readonly CaptureRule[] {
  const { tproxyMark: mark } = config;
  const toSelf = mark + 1;
  const addresses = families.map((family) => familyAddresses(family, config));
  const fromProxyToSelf = ownersOf(config.proxy).flatMap((owner) =>
    addresses.map(({ loopback }) =>
      when([not(isTo(loopback)), tcp, goesOutBy('lo'), owner], { kind: 'set-mark', mark: toSelf }),
    ),
  );
  const ofMarkedConnection: PacketMatch = { kind: 'connection-mark', mark };
  return [
    ...append('mangle', 'PREROUTING', when([tcp, isMarked(mark)], { kind: 'save-mark' })),
    ...append(
      'mangle',
      'OUTPUT',
      when([tcp, goesOutBy('lo'), isMarked(mark)], goBack),
      ...fromProxyToSelf,
      when([tcp, ofMarkedConnection], { kind: 'restore-mark' }),
    ),
    insert('mangle', 'ISTIO_INBOUND', 1, when([tcp, isMarked(mark)], goBack)),
    ...addresses.map(({ passthroughSource }) =>
      insert('mangle', 'ISTIO_INBOUND', 2, when([tcp, isFrom(passthroughSource), comesInBy('lo')], goBack)),
    ),
    insert('mangle', 'ISTIO_INBOUND', 3, when([tcp, comesInBy('lo'), not(isMarked(toSelf))], goBack)),
  ];
}
