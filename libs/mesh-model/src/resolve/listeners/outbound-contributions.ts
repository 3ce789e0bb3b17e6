import { isCidr, isHttp, isTcp, isTls } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { listenerName, outboundClusterName, type TcpRouteIr } from '@istio-ts/mesh-ir';
import type { HostRoute } from '../../scope/host-routes.js';
import type { HostView } from '../../scope/service-view.js';
import type { MeshPort, MeshService } from '../../snapshot/mesh-service.js';
import { mergePolicies, durationMs } from '../traffic-policy.js';
import { isDetected, routeConfigName } from '../virtual-hosts.js';
import { resolveStreamRoutes, type StreamChain, type StreamScope } from './stream-routes.js';

/** What one port of a service adds to one listener. */
export interface Contribution {
  readonly bind: string;
  readonly port: number;
  /** Name of the route configuration, where the port carries HTTP or may turn out to. */
  readonly routeConfig: string | undefined;
  /** Chains of plain connections. */
  readonly chains: readonly StreamChain[];
  /** Requests may name hosts that are looked up when they come. */
  readonly dynamicDns: boolean;
  readonly createdMs: number;
}

const wildcard = '0.0.0.0';

/** What the ports of a service add to listeners, by listener name. UDP ports and aliases add nothing. */
export function contributionsOf(
  { view, source }: HostRoute,
  scope: FullScope,
): readonly (readonly [string, Contribution])[] {
  if (view === undefined) return [];
  const found = new Map<string, Contribution>();
  const { service, endpointAddresses } = view.facts;
  for (const port of service.ports) {
    for (const bind of bindsOf(service, port, endpointAddresses)) {
      const destination = bind.cidr === undefined ? [] : [bind.cidr];
      const stream = streamChains({ view, source, host: service.host }, port, scope);
      const chains = stream.map((chain) => ({
        ...chain,
        destinations: [...chain.destinations, ...destination],
      }));
      const routed = isHttp(port.protocol) || isDetected(port.protocol);
      const contribution: Contribution = {
        bind: bind.address,
        port: port.number,
        routeConfig: routed ? routeConfigName(service, port) : undefined,
        chains: withSni(chains, port, service, bind),
        dynamicDns: service.resolution === 'dynamic-dns',
        createdMs: service.createdMs,
      };
      const name = listenerName(bind.address, port.number);
      const before = found.get(name);
      found.set(
        name,
        before === undefined ? contribution : { ...before, chains: [...before.chains, ...chains] },
      );
    }
  }
  return [...found];
}

type FullScope = StreamScope & { readonly services: SortedMap<HostView> };

interface Bind {
  readonly address: string;
  readonly cidr: string | undefined;
}

/** HTTP shares the wildcard; other protocols have listeners on the service's addresses, headless ones on the endpoints'. */
function bindsOf(
  service: MeshService,
  port: MeshPort,
  endpointAddresses: readonly string[],
): readonly Bind[] {
  const all: Bind = { address: wildcard, cidr: undefined };
  if (isHttp(port.protocol)) return [all];
  if (!isTcp(port.protocol) && !isDetected(port.protocol)) return [];
  const own = service.addresses.map((address) =>
    isCidr(address) ? { address: wildcard, cidr: address } : { address, cidr: undefined },
  );
  if (own.length > 0) return own;
  if (service.resolution === 'headless')
    return endpointAddresses.map((address) => ({ address, cidr: undefined }));
  return [all];
}

function streamChains(
  { view, source, host }: HostRoute,
  port: MeshPort,
  scope: FullScope,
): readonly StreamChain[] {
  if (isHttp(port.protocol) || view === undefined) return [];
  const routed = source === undefined ? [] : resolveStreamRoutes(source, { port, host }, scope);
  const complete = routed.some(
    ({ serverNames, destinations }) => serverNames.length + destinations.length === 0,
  );
  return complete || (routed.length > 0 && isTls(port.protocol))
    ? routed
    : [...routed, { serverNames: [], destinations: [], route: plainRoute(view, port) }];
}

/** On an address that others share, TLS is told apart by the name that it asks for. */
function withSni(
  chains: readonly StreamChain[],
  { protocol }: MeshPort,
  { host }: MeshService,
  { address }: Bind,
): readonly StreamChain[] {
  if (!isTls(protocol) || address !== wildcard) return chains;
  return chains.map((chain) => (chain.serverNames.length > 0 ? chain : { ...chain, serverNames: [host] }));
}

function plainRoute(view: NonNullable<HostRoute['view']>, port: MeshPort): TcpRouteIr {
  const cluster = outboundClusterName(view.facts.service.host, port.number);
  const parts = mergePolicies(view.rule?.trafficPolicy, undefined, port.number);
  return {
    statPrefix: cluster,
    destinations: [{ cluster, weight: 100 }],
    idleTimeoutMs: durationMs(parts.connectionPool?.tcp?.idleTimeout),
    dynamicDnsPort: view.facts.service.resolution === 'dynamic-dns' ? port.number : undefined,
    origin: undefined,
  };
}
