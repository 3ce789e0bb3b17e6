import { hcm, tcpProxy, unpackAny, type core, type listener, type route } from '@istio-ts/xds-types';
import { renderMatch } from './routes.js';

/** What a filter chain does with a connection. */
export const ChainType = { Http: 'HTTP', Tcp: 'TCP', Unknown: 'UNKNOWN' } as const;
export type ChainType = (typeof ChainType)[keyof typeof ChainType];

/** The conditions of a filter chain, `SNI: a.example; Trans: tls; App: h2; Addr: 10.0.0.0/8:443`, or `ALL`. */
export function renderChainMatch(match: listener.FilterChainMatch | undefined): string {
  if (match === undefined) return 'ALL';
  const { serverNames, transportProtocol, applicationProtocols } = match;
  const conditions = [
    labelled('SNI', serverNames.join(',')),
    labelled('Trans', transportProtocol),
    labelled('App', renderProtocols(applicationProtocols)),
    labelled('Addr', renderDestination(match)),
  ].filter((text) => text !== '');
  return conditions.length === 0 ? 'ALL' : conditions.join('; ');
}

function labelled(label: string, text: string): string {
  return text === '' ? '' : `${label}: ${text}`;
}

/** The protocols by which a sidecar knows mutual TLS of the mesh that carries no HTTP. */
const tcpOverTls = 'istio-peer-exchange,istio';

function renderProtocols(protocols: readonly string[]): string {
  const text = protocols.join(',');
  return text === tcpOverTls ? 'TCP TLS' : text;
}

function renderDestination({ prefixRanges, destinationPort }: listener.FilterChainMatch): string {
  const port = destinationPort === undefined || destinationPort === 0 ? '' : `:${destinationPort}`;
  if (prefixRanges.length === 0) return port === '' ? '' : `*${port}`;
  return prefixRanges.map((range) => `${renderRange(range)}${port}`).join(',');
}

/** `10.0.0.0/8`; the address alone where it is a whole one. */
function renderRange({ addressPrefix, prefixLen }: core.CidrRange): string {
  const whole = addressPrefix.includes(':') ? 128 : 32;
  return prefixLen === whole ? addressPrefix : `${addressPrefix}/${prefixLen ?? 0}`;
}

export function chainType({ filters }: listener.FilterChain): ChainType {
  for (const { configType } of filters) {
    if (configType?.$case !== 'typedConfig') continue;
    if (unpackAny(configType.value, hcm.HttpConnectionManager) !== undefined) return ChainType.Http;
    if (unpackAny(configType.value, tcpProxy.TcpProxy) !== undefined) return ChainType.Tcp;
  }
  return ChainType.Unknown;
}

/** Where a filter chain sends what it accepts: `Route: 80`, `Inline Route: /healthz*`, `Cluster: outbound|…`. */
export function renderDestinations({ filters }: listener.FilterChain): string {
  for (const { configType } of filters) {
    if (configType?.$case !== 'typedConfig') continue;
    const http = unpackAny(configType.value, hcm.HttpConnectionManager);
    if (http !== undefined) return renderHttp(http);
    const tcp = unpackAny(configType.value, tcpProxy.TcpProxy);
    if (tcp !== undefined) return renderTcp(tcp);
  }
  return 'Non-HTTP/Non-TCP';
}

function renderHttp({ routeSpecifier }: hcm.HttpConnectionManager): string {
  switch (routeSpecifier?.$case) {
    case 'rds':
      return `Route: ${routeSpecifier.value.routeConfigName}`;
    case 'routeConfig':
      return renderInline(routeSpecifier.value);
    case 'scopedRoutes':
      return `Scoped Routes: ${routeSpecifier.value.name}`;
    case undefined:
      return 'HTTP without routes';
  }
}

function renderInline({ virtualHosts }: route.RouteConfiguration): string {
  const [host] = virtualHosts;
  const only = virtualHosts.length === 1 && host?.routes.length === 1 ? host.routes[0] : undefined;
  const cluster = only === undefined ? undefined : clusterOfAll(only);
  if (cluster !== undefined) return `Cluster: ${cluster}`;
  return `Inline Route: ${virtualHosts.map(renderHost).join('; ')}`;
}

/** The one cluster to which a route sends everything. */
function clusterOfAll({ match, action }: route.Route): string | undefined {
  if (renderMatch(match) !== '/*' || action?.$case !== 'route') return undefined;
  return action.value.clusterSpecifier?.$case === 'cluster' ? action.value.clusterSpecifier.value : undefined;
}

function renderHost({ domains, routes }: route.VirtualHost): string {
  const paths = routes.map(({ match }) => renderMatch(match)).join(', ');
  return domains.length === 0 || domains.includes('*') ? paths : `${domains.join(', ')} ${paths}`;
}

function renderTcp({ clusterSpecifier }: tcpProxy.TcpProxy): string {
  switch (clusterSpecifier?.$case) {
    case 'cluster':
      return renderCluster(clusterSpecifier.value);
    case 'weightedClusters':
      return clusterSpecifier.value.clusters.map(({ name }) => renderCluster(name)).join(', ');
    case undefined:
      return '';
  }
}

/** `PassthroughCluster` and its like speak for themselves. */
function renderCluster(name: string): string {
  return name.includes('Cluster') ? name : `Cluster: ${name}`;
}
