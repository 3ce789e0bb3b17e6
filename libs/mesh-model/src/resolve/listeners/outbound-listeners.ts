import { memo, SortedMap } from '@istio-ts/foundation';
import {
  virtualOutboundListener,
  listenerName,
  type HttpProxyListenerIr,
  type ListenerIr,
  type OutboundChainIr,
  type OutboundListenerIr,
} from '@istio-ts/mesh-ir';
import { groupMap, lookupMap, projectMap } from '../../derive/index.js';
import { hostRoutes, type HostRoute } from '../../scope/host-routes.js';
import { slotOf, type OutboundClass } from '../../scope/proxy-class.js';
import { visibleServices, type HostView } from '../../scope/service-view.js';
import type { MeshSettings } from '../../settings/mesh-settings.js';
import type { MeshSnapshot } from '../../snapshot/mesh-snapshot.js';
import { planContextOf } from '../cluster-plan.js';
import { contributionsOf, type Contribution } from './outbound-contributions.js';
import { streamDestinations, streamScopeOf, type StreamChain, type StreamScope } from './stream-routes.js';

const contributions = lookupMap<
  HostRoute,
  HostView,
  readonly (readonly [string, Contribution])[],
  StreamScope
>({
  refs: ({ source }, scope) => (source === undefined ? [] : streamDestinations(source, scope)),
  compute: (route, services, scope) => contributionsOf(route, { ...scope, services }),
});

const byListener = groupMap((entries: readonly (readonly [string, Contribution])[]) => entries);
const merged = projectMap((group: SortedMap<Contribution>, settings: MeshSettings) =>
  mergeListener(group, settings),
);

/** Listeners towards services by name. Where nothing is captured there are none: the HTTP proxy stands for them. */
export function outboundListeners(
  snapshot: MeshSnapshot,
  proxyClass: OutboundClass,
): SortedMap<ListenerIr> | undefined {
  if (!proxyClass.captured) return undefined;
  const slot = slotOf(snapshot.mesh, proxyClass);
  const plans = planContextOf(snapshot.settings, proxyClass.cluster.proxy);
  const services = visibleServices(snapshot, proxyClass.cluster.scope);
  const scope = streamScopeOf(proxyClass, plans);
  const entries = contributions(slot, hostRoutes(snapshot, proxyClass), services, scope);
  return merged(slot, byListener(slot, entries, undefined), snapshot.settings);
}

/**
 * One listener of all that share address and port. HTTP and detected ports bring one HTTP chain, the oldest service's;
 * of plain chains that match alike the oldest counts.
 */
function mergeListener(
  group: SortedMap<Contribution>,
  settings: MeshSettings,
): OutboundListenerIr | undefined {
  const parts = [...group.values()].sort((a, b) => a.createdMs - b.createdMs);
  const [first] = parts;
  if (first === undefined) return undefined;
  const routeConfig = sharedRouteConfig(parts);
  const streams = distinctChains(parts.flatMap(({ chains }) => chains));
  const dynamicDns = settings.outboundPolicy === 'dynamic-dns' || parts.some((part) => part.dynamicDns);
  const chains: readonly OutboundChainIr[] = [
    ...(routeConfig === undefined ? [] : [{ kind: 'http', routeConfig, dynamicDns } as const]),
    ...streams.map(({ serverNames, destinations, route }) => ({
      kind: 'tcp' as const,
      match: { serverNames, destinations },
      route,
    })),
  ];
  const complete = streams.some(isEmptyMatch);
  const fallback = settings.outboundPolicy === 'registry-only' ? 'black-hole' : 'passthrough';
  return {
    kind: 'outbound',
    bind: first.bind,
    port: first.port,
    bindToPort: false,
    chains,
    fallback: complete ? undefined : fallback,
    settings: settings.http,
  };
}

/** HTTP by declaration shares the port's routes; a port that is only detected has routes of its service alone. */
function sharedRouteConfig(parts: readonly Contribution[]): string | undefined {
  const configs = parts.flatMap(({ routeConfig }) => routeConfig ?? []);
  return configs.find((config) => !config.includes(':')) ?? configs[0];
}

function distinctChains(chains: readonly StreamChain[]): readonly StreamChain[] {
  const seen = new Set<string>();
  return chains.filter(({ serverNames, destinations }) => {
    const match = JSON.stringify([[...serverNames].sort(), [...destinations].sort()]);
    if (seen.has(match)) return false;
    seen.add(match);
    return true;
  });
}

function isEmptyMatch({ serverNames, destinations }: StreamChain): boolean {
  return serverNames.length + destinations.length === 0;
}

/** Listeners that a sidecar has whatever services there are. */
export const fixedOutboundListeners = memo(
  (settings: MeshSettings, proxyClass: OutboundClass): SortedMap<ListenerIr> => {
    const { captured, httpProxy } = proxyClass;
    const virtual: ListenerIr = {
      kind: 'virtual-outbound',
      policy: settings.outboundPolicy,
      settings: settings.http,
    };
    return SortedMap.from<ListenerIr>([
      ...(captured ? [[virtualOutboundListener, virtual] as const] : []),
      ...(httpProxy === undefined ? [] : [httpProxyEntry(httpProxy, settings)]),
    ]);
  },
);

function httpProxyEntry(
  { bind, port }: { readonly bind: string; readonly port: number },
  settings: MeshSettings,
): readonly [string, HttpProxyListenerIr] {
  return [listenerName(bind, port), { kind: 'http-proxy', bind, port, settings: settings.http }];
}
