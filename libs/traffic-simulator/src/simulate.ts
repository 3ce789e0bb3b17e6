import type { hcm, listener, route } from '@istio-ts/xds-types';
import { CallError, type Call, type Outcome, type ProxyXds, type WeightedName } from './call.js';
import { chainTls, httpConnectionManager, tcpProxyOf } from './filter-chain.js';
import { inspect } from './listener-filters.js';
import { matchChains } from './match-chain.js';
import { matchRoute, matchVirtualHost } from './match-route.js';
import { selectListener } from './select-listener.js';

const nothing: Outcome = {
  error: undefined,
  listener: '',
  chain: '',
  routeConfig: '',
  vhost: '',
  route: '',
  cluster: '',
  clusters: [],
  chainTls: undefined,
};

/** Walks generated xDS as Envoy would: which listener, chain, virtual host, route and cluster take this call, or why none. */
export function simulate(xds: ProxyXds, call: Call): Outcome {
  const chosen = selectListener(xds.listeners, call);
  if (chosen === undefined) return { ...nothing, error: CallError.NoListener };
  const outcome = { ...nothing, listener: chosen.name };
  const chains = matchChains(chosen.filterChains, call, inspect(chosen.listenerFilters, call));
  if (chains.length > 1) return { ...outcome, error: CallError.MultipleFilterChains };
  const chain = chains[0] ?? chosen.defaultFilterChain;
  if (chain === undefined) return { ...outcome, error: CallError.NoFilterChain };
  return throughChain(xds, call, chain, { ...outcome, chain: chain.name, chainTls: chainTls(chain) });
}

function throughChain(xds: ProxyXds, call: Call, chain: listener.FilterChain, outcome: Outcome): Outcome {
  const tlsError = judgeTls(call, chain, outcome);
  if (tlsError !== undefined) return { ...outcome, error: tlsError };
  const http = httpConnectionManager(chain);
  if (http !== undefined)
    return throughHttp(xds, call, { http, terminates: chain.transportSocket !== undefined }, outcome);
  const specifier = tcpProxyOf(chain)?.clusterSpecifier;
  if (specifier?.$case === 'cluster') return toCluster(outcome, specifier.value);
  if (specifier?.$case !== 'weightedClusters') return outcome;
  return { ...outcome, clusters: specifier.value.clusters.map(({ name, weight }) => ({ name, weight })) };
}

function judgeTls(
  call: Call,
  chain: listener.FilterChain,
  { chainTls: chainContext }: Outcome,
): CallError | undefined {
  if (chain.transportSocket === undefined) return undefined;
  if (call.tls === 'plaintext') return CallError.Tls;
  const isMtls = chainContext?.secret === call.mtlsSecret && chainContext.requireClientCertificate;
  return isMtls === (call.tls === 'mtls') ? undefined : CallError.Mtls;
}

interface HttpChain {
  readonly http: hcm.HttpConnectionManager;
  readonly terminates: boolean;
}

function throughHttp(xds: ProxyXds, call: Call, { http, terminates }: HttpChain, outcome: Outcome): Outcome {
  if (call.tls !== 'plaintext' && !terminates) return { ...outcome, error: CallError.Protocol };
  if (call.protocol === 'tcp') return { ...outcome, error: CallError.Protocol };
  const specifier = http.routeSpecifier;
  if (specifier?.$case === 'routeConfig') return throughRoutes(specifier.value, call, outcome);
  const routeConfig = specifier?.$case === 'rds' ? specifier.value.routeConfigName : '';
  const config = xds.routes.get(routeConfig);
  const named = { ...outcome, routeConfig };
  return config === undefined
    ? { ...named, error: CallError.NoVirtualHost }
    : throughRoutes(config, call, named);
}

function throughRoutes(config: route.RouteConfiguration, call: Call, outcome: Outcome): Outcome {
  const virtualHost = matchVirtualHost(config, call.host);
  if (virtualHost === undefined) return { ...outcome, error: CallError.NoVirtualHost };
  const hosted = { ...outcome, vhost: virtualHost.name };
  if (virtualHost.requireTls === 2 && call.tls === 'plaintext')
    return { ...hosted, error: CallError.TlsRedirect };
  const matched = matchRoute(virtualHost.routes, call);
  if (matched === undefined) return { ...hosted, error: CallError.NoRoute };
  const routed = { ...hosted, route: matched.name };
  if (matched.action?.$case !== 'route') return routed;
  const specifier = matched.action.value.clusterSpecifier;
  if (specifier?.$case === 'cluster') return toCluster(routed, specifier.value);
  if (specifier?.$case !== 'weightedClusters') return routed;
  return { ...routed, clusters: specifier.value.clusters.map(weighted) };
}

function weighted({
  name,
  weight,
}: {
  readonly name: string;
  readonly weight?: number | undefined;
}): WeightedName {
  return { name, weight: weight ?? 1 };
}

function toCluster(outcome: Outcome, cluster: string): Outcome {
  return { ...outcome, cluster, clusters: [{ name: cluster, weight: 1 }] };
}
