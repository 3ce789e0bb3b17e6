import { familyAddresses, isOfFamily } from './address-family.js';
import type { CaptureConfig, IpFamily } from './capture-config.js';
import { append, insert, type CaptureRule } from './capture-rule.js';

/** What leaves the pod goes to Envoy's outbound port, but for what comes from Envoy itself and for exempt traffic. */
export function outboundRules(config: CaptureConfig, family: IpFamily): readonly CaptureRule[] {
  const { loopback, passthroughSource } = familyAddresses(family, config);
  const exemptRanges = config.excludedOutboundRanges.filter((range) => isOfFamily(range, family));
  return [
    ...append('nat', 'OUTPUT', '-j ISTIO_OUTPUT'),
    ...append(
      'nat',
      'ISTIO_OUTPUT',
      // Before everything else: a port that is exempt is so on loopback too.
      ...config.excludedOutboundPorts.map((port) => `-p tcp --dport ${port} -j RETURN`),
      `-o lo -s ${passthroughSource} -j RETURN`,
      ...proxySelectors(config).flatMap((selector) => proxyRules(selector, { config, loopback })),
      ...ownerGroupRules(config),
      `-d ${loopback} -j RETURN`,
      ...exemptRanges.map((range) => `-d ${range} -j RETURN`),
      ...config.outboundPorts.map((port) => `-p tcp --dport ${port} -j ISTIO_REDIRECT`),
    ),
    ...rangeRules(config, family),
  ];
}

/** How a rule recognises Envoy's packets, and how it recognises everybody else's. */
interface ProxySelector {
  readonly proxy: string;
  readonly others: string;
}

function proxySelectors({ proxy }: CaptureConfig): readonly ProxySelector[] {
  const select = (module: string, option: string, value: string | number): ProxySelector => ({
    proxy: `-m ${module} ${option} ${value}`,
    others: `-m ${module} ! ${option} ${value}`,
  });
  if (proxy.kind === 'mark') return [select('mark', '--mark', proxy.mark)];
  return [
    ...proxy.uids.map((uid) => select('owner', '--uid-owner', uid)),
    ...proxy.gids.map((gid) => select('owner', '--gid-owner', gid)),
  ];
}

function proxyRules(
  { proxy, others }: ProxySelector,
  { config, loopback }: { readonly config: CaptureConfig; readonly loopback: string },
): readonly string[] {
  return [
    // Envoy calls the pod's own service: the call comes in again, as from anybody else.
    `-o lo ! -d ${loopback} -p tcp ! --dport ${config.tunnelPort} ${proxy} -j ISTIO_IN_REDIRECT`,
    // The application talks to itself; not exempt where the user asked for loopback addresses to be captured.
    ...(capturesLoopback(config) ? [] : [`-o lo ${others} -j RETURN`]),
    `${proxy} -j RETURN`,
  ];
}

function capturesLoopback({ outboundRanges }: CaptureConfig): boolean {
  return (
    outboundRanges !== 'all' &&
    outboundRanges.some((range) => range.startsWith('127.') || range.startsWith('::1/'))
  );
}

function ownerGroupRules({ ownerGroups, excludedOwnerGroups }: CaptureConfig): readonly string[] {
  const others =
    ownerGroups === 'all'
      ? []
      : [`${ownerGroups.map((group) => `-m owner ! --gid-owner ${group}`).join(' ')} -j RETURN`];
  return [...others, ...excludedOwnerGroups.map((group) => `-m owner --gid-owner ${group} -j RETURN`)];
}

function rangeRules(
  { outboundRanges, virtualInterfaces }: CaptureConfig,
  family: IpFamily,
): readonly CaptureRule[] {
  const fromMachines = (destination: string): readonly CaptureRule[] =>
    virtualInterfaces.map((name) =>
      insert('nat', 'PREROUTING', 1, `-i ${name}${destination} -j ISTIO_REDIRECT`),
    );
  if (outboundRanges === 'all')
    return [...append('nat', 'ISTIO_OUTPUT', '-j ISTIO_REDIRECT'), ...fromMachines('')];
  return outboundRanges
    .filter((range) => isOfFamily(range, family))
    .flatMap((range) => [
      ...fromMachines(` -d ${range}`),
      ...append('nat', 'ISTIO_OUTPUT', `-d ${range} -j ISTIO_REDIRECT`),
    ]);
}
