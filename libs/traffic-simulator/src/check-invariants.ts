import type { listener, route } from '@istio-ts/xds-types';
import type { ProxyXds } from './call.js';
import { httpConnectionManager } from './filter-chain.js';
import { httpInspectorName, tlsInspectorName } from './listener-filters.js';
import { mainAddress } from './select-listener.js';

const inboundPort = 15006;
const directResponseLimit = 1_048_576;

/** What must hold for whatever a control plane generates; one sentence for each place where it does not. */
export function checkInvariants({ listeners, routes, clusters }: ProxyXds): readonly string[] {
  return [
    ...duplicates(listeners.map(({ name }) => name)).map((name) => `listener name ${name} occurs twice`),
    ...duplicates(listeners.flatMap(addressText)).map((address) => `two listeners at ${address}`),
    ...listeners.flatMap((each) =>
      checkListener(each).map((sentence) => `listener ${each.name}: ${sentence}`),
    ),
    ...duplicates(clusters.map(({ name }) => name)).map((name) => `cluster name ${name} occurs twice`),
    ...clusters
      .filter(
        ({ transportSocket, transportSocketMatches }) =>
          transportSocket !== undefined && transportSocketMatches.length > 0,
      )
      .map(({ name }) => `cluster ${name} has a transport socket and transport socket matches`),
    ...[...routes.values()].flatMap((each) =>
      checkRoutes(each).map((sentence) => `route ${each.name}: ${sentence}`),
    ),
  ];
}

function addressText(each: listener.Listener): string[] {
  const main = mainAddress(each);
  return main === undefined ? [] : [`${main.address}:${main.port}`];
}

function checkListener(each: listener.Listener): string[] {
  const chains = each.filterChains;
  const matches = chains.map((chain) => JSON.stringify(chain.filterChainMatch ?? {}));
  return [
    ...duplicates(each.listenerFilters.map(({ name }) => name)).map(
      (name) => `listener filter ${name} occurs twice`,
    ),
    ...duplicates(matches).map((match) => `two chains match ${match}`),
    ...(mainAddress(each)?.port === inboundPort ? checkInboundChains(chains) : []),
    ...checkTransportPerPort(chains),
    ...chains
      .filter(isUnterminatedHttp)
      .map(({ name }) => `chain ${name} takes TLS into HTTP without terminating it`),
    ...checkInspectors(each),
  ];
}

function checkInboundChains(chains: readonly listener.FilterChain[]): string[] {
  return chains.flatMap(({ name, filterChainMatch: match }) => {
    if (match === undefined) return [`chain ${name} has no match`];
    const mustName = match.destinationPort !== inboundPort && match.transportProtocol === '';
    return mustName ? [`chain ${name} names no transport protocol`] : [];
  });
}

/** Where one chain of a destination port names a transport protocol, all chains of that port do. */
function checkTransportPerPort(chains: readonly listener.FilterChain[]): string[] {
  const ports = new Set(chains.map(({ filterChainMatch }) => filterChainMatch?.destinationPort));
  return [...ports].flatMap((port) => {
    const named = chains
      .filter(({ filterChainMatch }) => filterChainMatch?.destinationPort === port && port !== undefined)
      .map(({ filterChainMatch }) => (filterChainMatch?.transportProtocol ?? '') !== '');
    return named.some(Boolean) && !named.every(Boolean)
      ? [`only some chains of port ${String(port)} name a transport protocol`]
      : [];
  });
}

function isUnterminatedHttp(chain: listener.FilterChain): boolean {
  const takesTls = chain.filterChainMatch?.transportProtocol === 'tls';
  return takesTls && chain.transportSocket === undefined && httpConnectionManager(chain) !== undefined;
}

function checkInspectors({ listenerFilters, filterChains }: listener.Listener): string[] {
  const has = (name: string): boolean => listenerFilters.some((filter) => filter.name === name);
  if (has(tlsInspectorName)) return [];
  return filterChains.flatMap(({ name, filterChainMatch: match }) => {
    if (match === undefined) return [];
    const { transportProtocol, serverNames, applicationProtocols } = match;
    if (transportProtocol === 'tls') return [`chain ${name} matches TLS without a TLS inspector`];
    if (transportProtocol !== '') return [];
    if (serverNames.length > 0) return [`chain ${name} matches server names without a TLS inspector`];
    return applicationProtocols.length > 0 && !has(httpInspectorName)
      ? [`chain ${name} matches application protocols without an inspector`]
      : [];
  });
}

function checkRoutes(config: route.RouteConfiguration): string[] {
  return [
    ...(config.maxDirectResponseBodySizeBytes === directResponseLimit
      ? []
      : ['the direct-response limit is not 1048576']),
    ...duplicates(config.virtualHosts.map(({ name }) => name)).map(
      (name) => `virtual host ${name} occurs twice`,
    ),
    ...duplicates(config.virtualHosts.flatMap(({ domains }) => domains)).map(
      (domain) => `domain ${domain} occurs twice`,
    ),
  ];
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
