import { familyAddresses, isOfFamily, type FamilyAddresses } from './address-family.js';
import type { CaptureConfig, IpFamily } from './capture-config.js';
import {
  append,
  comesInBy,
  goBack,
  goesOutBy,
  insert,
  isFrom,
  isOfGroup,
  isTo,
  isToPort,
  isToPortOf,
  jumpTo,
  not,
  tcp,
  when,
  type CaptureRule,
  type PacketMatch,
  type RuleSpec,
} from './capture-rule.js';
import { ownersOf } from './proxy-owners.js';

/** What leaves the pod goes to Envoy's outbound port, but for what comes from Envoy itself and for exempt traffic. */
export function outboundRules(config: CaptureConfig, families: readonly IpFamily[]): readonly CaptureRule[] {
  const addresses = families.map((family) => familyAddresses(family, config));
  const outbound = jumpTo('ISTIO_REDIRECT');
  return [
    ...append('nat', 'OUTPUT', when([], jumpTo('ISTIO_OUTPUT'))),
    ...append(
      'nat',
      'ISTIO_OUTPUT',
      // Before everything else: a port that is exempt is so on loopback too.
      ...config.excludedOutboundPorts.flatMap((port) => [
        when([isToPortOf('tcp', port)], goBack),
        when([isToPortOf('udp', port)], goBack),
      ]),
      ...addresses.map(({ passthroughSource }) => when([goesOutBy('lo'), isFrom(passthroughSource)], goBack)),
      ...ownersOf(config.proxy).flatMap((owner) => proxyRules(owner, config, addresses)),
      ...ownerGroupRules(config),
      ...addresses.map(({ loopback }) => when([isTo(loopback)], goBack)),
      ...rangesOf(config.excludedOutboundRanges, families).map((range) => when([isTo(range)], goBack)),
      ...config.outboundPorts.map((port) => when([isToPortOf('tcp', port)], outbound)),
    ),
    ...rangeRules(config, families),
  ];
}

function rangesOf(ranges: readonly string[], families: readonly IpFamily[]): readonly string[] {
  return families.flatMap((family) => ranges.filter((range) => isOfFamily(range, family)));
}

function proxyRules(
  owner: PacketMatch & { readonly not?: boolean },
  config: CaptureConfig,
  addresses: readonly FamilyAddresses[],
): readonly RuleSpec[] {
  const lo = goesOutBy('lo');
  const pastTunnel = not(isToPort(config.tunnelPort));
  return [
    // Envoy calls the pod's own service: the call comes in again, as from anybody else.
    ...addresses.map(({ loopback }) =>
      when([lo, not(isTo(loopback)), tcp, pastTunnel, owner], jumpTo('ISTIO_IN_REDIRECT')),
    ),
    // The application talks to itself; not exempt where the user asked for loopback addresses to be captured.
    ...(capturesLoopback(config) ? [] : [when([lo, not(owner)], goBack)]),
    when([owner], goBack),
  ];
}

function capturesLoopback({ outboundRanges }: CaptureConfig): boolean {
  return (
    outboundRanges !== 'all' &&
    outboundRanges.some((range) => range.startsWith('127.') || range.startsWith('::1/'))
  );
}

function ownerGroupRules({ ownerGroups, excludedOwnerGroups }: CaptureConfig): readonly RuleSpec[] {
  const excluded = excludedOwnerGroups.map((group) => when([isOfGroup(group)], goBack));
  if (ownerGroups === 'all') return excluded;
  return [
    when(
      ownerGroups.map((group) => not(isOfGroup(group))),
      goBack,
    ),
    ...excluded,
  ];
}

function rangeRules(
  { outboundRanges, virtualInterfaces }: CaptureConfig,
  families: readonly IpFamily[],
): readonly CaptureRule[] {
  const outbound = jumpTo('ISTIO_REDIRECT');
  const fromMachines = (...destination: readonly PacketMatch[]): readonly CaptureRule[] =>
    virtualInterfaces.map((name) =>
      insert('nat', 'PREROUTING', 1, when([comesInBy(name), ...destination], outbound)),
    );
  if (outboundRanges === 'all')
    return [...append('nat', 'ISTIO_OUTPUT', when([], outbound)), ...fromMachines()];
  return rangesOf(outboundRanges, families).flatMap((range) => [
    ...fromMachines(isTo(range)),
    ...append('nat', 'ISTIO_OUTPUT', when([isTo(range)], outbound)),
  ]);
}
