import { mainAddress, type ProxyXds, chainTls, downstreamTls } from '@istio-ts/traffic-simulator';
import type { cluster, listener, route } from '@istio-ts/xds-types';
import { normaliseCluster } from './normalise.js';
import type { InboundCluster, ListenerShape, RouteTable } from './scenario.js';

/** One sentence for each route table that holds something else than it should. */
export function checkRouteTables({ routes }: ProxyXds, tables: readonly RouteTable[]): readonly string[] {
  return tables.flatMap(({ routeConfig, domains, absentOk }) => {
    const config = routes.get(routeConfig);
    if (config === undefined)
      return absentOk === true ? [] : [`route configuration ${routeConfig} is absent`];
    return Object.entries(domains).flatMap(([domain, want]) => {
      const got = clustersOf(config, domain);
      const wanted = want.map(normaliseCluster).sort();
      return wanted.join() === got.join()
        ? []
        : [`domain ${domain}: ${render(got)} instead of ${render(wanted)}`];
    });
  });
}

function clustersOf(config: route.RouteConfiguration, domain: string): string[] {
  const owner = config.virtualHosts.find(({ domains }) => domains.includes(domain));
  const clusters = owner?.routes.flatMap(({ action }) => {
    const specifier = action?.$case === 'route' ? action.value.clusterSpecifier : undefined;
    return specifier?.$case === 'cluster' ? [normaliseCluster(specifier.value)] : [];
  });
  return (clusters ?? []).sort();
}

function render(names: readonly string[]): string {
  return names.length === 0 ? 'no cluster' : names.join(' ');
}

/** The inbound clusters are exactly these, with these endpoints and services. */
export function checkInboundClusters(
  { clusters }: ProxyXds,
  want: Readonly<Record<string, InboundCluster>>,
): readonly string[] {
  const inbound = clusters.filter(({ name }) => name.startsWith('inbound'));
  const got = Object.fromEntries(
    inbound.map((each) => [each.name, { endpoints: endpointsOf(each), metadataServices: servicesOf(each) }]),
  );
  const names = [...new Set([...Object.keys(want), ...Object.keys(got)])];
  return names.flatMap((name) => {
    const [wanted, found] = [renderInbound(want[name]), renderInbound(got[name])];
    return wanted === found ? [] : [`${name}: ${found} instead of ${wanted}`];
  });
}

function renderInbound(found: InboundCluster | undefined): string {
  return found === undefined ? 'none' : JSON.stringify([found.endpoints, found.metadataServices]);
}

function endpointsOf({ loadAssignment }: cluster.Cluster): string[] {
  return (loadAssignment?.endpoints ?? []).flatMap(({ lbEndpoints }) =>
    lbEndpoints.flatMap(({ hostIdentifier }) => {
      const address =
        hostIdentifier?.$case === 'endpoint' ? hostIdentifier.value.address?.address : undefined;
      if (address?.$case === 'pipe') return [address.value.path];
      if (address?.$case !== 'socketAddress') return [];
      const port = address.value.portSpecifier;
      return [`${address.value.address}:${port?.$case === 'portValue' ? port.value : 0}`];
    }),
  );
}

function servicesOf({ metadata }: cluster.Cluster): string[] {
  const services = metadata?.filterMetadata['istio']?.['services'];
  if (!Array.isArray(services)) return [];
  return services.map((service: unknown) => (service as { readonly host?: string }).host ?? '');
}

/** Structure of listeners: how many, and what one of them is made of. */
export function checkListenerShapes(
  { listeners }: ProxyXds,
  shapes: readonly ListenerShape[],
): readonly string[] {
  return shapes.flatMap((shape) => [...checkCount(listeners, shape), ...checkNamed(listeners, shape)]);
}

function checkCount(listeners: readonly listener.Listener[], shape: ListenerShape): string[] {
  if (shape.port === undefined) return [];
  const count = listeners.filter((each) => mainAddress(each)?.port === shape.port).length;
  const exact = shape.listenerCount === undefined || shape.listenerCount === count;
  const enough = count >= (shape.listenerCountAtLeast ?? 0);
  return exact && enough ? [] : [`${count} listeners at port ${shape.port}`];
}

function checkNamed(listeners: readonly listener.Listener[], shape: ListenerShape): string[] {
  if (shape.name === undefined) return [];
  const found = listeners.find(({ name }) => name === shape.name);
  if (found === undefined) return [`listener ${shape.name} is absent`];
  const ranges = found.filterChains
    .map(({ filterChainMatch }) => filterChainMatch?.prefixRanges ?? [])
    .filter((list) => list.length > 0);
  const lengths = ranges.flat().map(({ prefixLen }) => prefixLen);
  const [first] = found.filterChains;
  const secret = first && chainTls(first)?.secret;
  return [
    ...differs('a filter chain matcher', shape.filterChainMatcher, found.filterChainMatcher !== undefined),
    ...differs('a default filter chain', shape.defaultFilterChain, found.defaultFilterChain !== undefined),
    ...(shape.prefixRangeChains === undefined || shape.prefixRangeChains === ranges.length
      ? []
      : [`${ranges.length} chains with prefix ranges`]),
    ...(shape.prefixLen === undefined || lengths.every((length) => length === shape.prefixLen)
      ? []
      : [`prefix lengths ${lengths.join()}`]),
    ...(shape.firstChainSds === undefined || shape.firstChainSds.secretName === secret
      ? []
      : [`first secret ${secret ?? 'none'}`]),
    ...(shape.firstChainSds?.grpcCluster === undefined ||
    shape.firstChainSds.grpcCluster === sdsCluster(first)
      ? []
      : [`secrets from ${sdsCluster(first) ?? 'elsewhere'}`]),
  ].map((sentence) => `listener ${found.name}: ${sentence}`);
}

function differs(what: string, want: 'present' | 'absent' | undefined, present: boolean): string[] {
  if (want === undefined || (want === 'present') === present) return [];
  return [`${what} is ${present ? 'present' : 'absent'}`];
}

function sdsCluster(chain: listener.FilterChain | undefined): string | undefined {
  const config =
    chain && downstreamTls(chain)?.commonTlsContext?.tlsCertificateSdsSecretConfigs[0]?.sdsConfig;
  const source = config?.configSourceSpecifier;
  const service =
    source?.$case === 'apiConfigSource' ? source.value.grpcServices[0]?.targetSpecifier : undefined;
  return service?.$case === 'envoyGrpc' ? service.value.clusterName : undefined;
}
