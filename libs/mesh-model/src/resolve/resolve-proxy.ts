import { memo, SortedMap, type Issue } from '@istio-ts/foundation';
import type { ClusterIr, ListenerIr, ProxyIr, ProxyNode, RouteConfigIr } from '@istio-ts/mesh-ir';
import { intern, overlayMaps } from '../derive/index.js';
import { gatewayClassOf, type GatewayClass } from '../scope/gateway-class.js';
import { hostRoutes } from '../scope/host-routes.js';
import {
  applicationClassOf,
  inboundClassOf,
  ownAddressListeners,
  type ApplicationClass,
  type InboundClass,
} from '../scope/inbound-class.js';
import {
  clusterClassOf,
  outboundClassOf,
  type ClusterClass,
  type OutboundClass,
} from '../scope/proxy-class.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { clusterPlans, fixedClusters, outboundClusters } from './clusters.js';
import { loadAssignments } from './endpoints.js';
import { gatewayListeners } from './gateway/gateway-listeners.js';
import { gatewayRoutes } from './gateway/gateway-routes.js';
import { inboundClusters, inboundListeners } from './inbound.js';
import { fixedOutboundListeners, outboundListeners } from './listeners/outbound-listeners.js';
import { outboundRoutes } from './outbound-routes.js';

interface SidecarClasses {
  readonly outbound: OutboundClass;
  readonly inbound: InboundClass;
  readonly application: ApplicationClass;
  /** Outbound listeners of the class that this proxy does without. */
  readonly except: readonly string[];
}

/** The classes of a proxy: while the proxy is connected they live, and with them what was derived for them. */
interface ProxyClasses {
  readonly cluster: ClusterClass;
  readonly locality: ProxyNode['locality'];
  readonly role:
    | { readonly kind: 'sidecar'; readonly sides: SidecarClasses }
    | { readonly kind: 'router'; readonly gateway: GatewayClass };
}

const lastClasses = new WeakMap<ProxyNode, ProxyClasses>();

/**
 * Everything that a proxy is told at this moment. Each map is the identical object for all proxies of its class, and for
 * the next snapshot where nothing of it changed. `node` is to be the same object while the proxy is connected.
 */
export function resolveProxy(snapshot: MeshSnapshot, node: ProxyNode): ProxyIr {
  const steps = resolveInSteps(snapshot, node);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** As `resolveProxy`, with pauses at which whoever runs it may do something else. */
export function* resolveInSteps(snapshot: MeshSnapshot, node: ProxyNode): Generator<void, ProxyIr> {
  const classes = classesOf(snapshot, node);
  lastClasses.set(node, classes);
  const { role, cluster, locality } = classes;
  clusterPlans(snapshot, cluster);
  yield;
  const endpoints = loadAssignments(snapshot, cluster, locality);
  yield;
  const rest =
    role.kind === 'sidecar'
      ? yield* resolveSidecar(snapshot, role.sides)
      : yield* resolveRouter(snapshot, role.gateway);
  return proxyIrOf(rest.clusters, endpoints, rest.listeners, rest.routes);
}

/**
 * What a proxy has in common with all of its kind: one object for them, by the snapshot that was last resolved for it;
 * undefined where there was none. Whoever holds it keeps what was derived for the class, also when the last of these
 * proxies is gone; nothing in it is about one proxy.
 */
export function sharedClassOf(node: ProxyNode): object | undefined {
  const classes = lastClasses.get(node);
  if (classes === undefined) return undefined;
  const { cluster, locality, role } = classes;
  return sharedOf(cluster, locality, role.kind === 'sidecar' ? role.sides.outbound : role.gateway);
}

const sharedOf = memo(
  (
    cluster: ClusterClass,
    locality: ProxyNode['locality'],
    outbound: OutboundClass | GatewayClass,
  ): object => ({
    cluster,
    locality,
    outbound,
  }),
);

const noIssues: readonly Issue[] = [];

const proxyIrOf = memo(
  (
    clusters: ProxyIr['clusters'],
    endpoints: ProxyIr['endpoints'],
    listeners: ProxyIr['listeners'],
    routes: ProxyIr['routes'],
  ): ProxyIr => ({ clusters, endpoints, listeners, routes, issues: noIssues }),
);

function classesOf(snapshot: MeshSnapshot, node: ProxyNode): ProxyClasses {
  const { region, zone, subzone } = node.locality;
  return {
    cluster: clusterClassOf(snapshot, node),
    locality: intern({ region, zone, subzone }),
    role:
      node.type === 'router'
        ? { kind: 'router', gateway: gatewayClassOf(snapshot, node) }
        : { kind: 'sidecar', sides: sidecarClassesOf(snapshot, node) },
  };
}

function sidecarClassesOf(snapshot: MeshSnapshot, node: ProxyNode): SidecarClasses {
  const inbound = inboundClassOf(snapshot, node);
  return {
    outbound: outboundClassOf(snapshot, node),
    inbound,
    application: applicationClassOf(inbound),
    except: ownAddressListeners(snapshot, node),
  };
}

interface Rest {
  readonly clusters: SortedMap<ClusterIr>;
  readonly listeners: SortedMap<ListenerIr>;
  readonly routes: SortedMap<RouteConfigIr>;
}

const withInboundClusters = overlayMaps<ClusterIr>();
const withFixedClusters = overlayMaps<ClusterIr>();
const withInboundListeners = overlayMaps<ListenerIr>();
const withFixedListeners = overlayMaps<ListenerIr>();
const withoutListeners = memo((listeners: SortedMap<ListenerIr>, names: readonly string[]) => {
  let output = listeners;
  for (const name of names) output = output.delete(name);
  return output;
});
const noListeners = SortedMap.empty<ListenerIr>();

function* resolveSidecar(
  snapshot: MeshSnapshot,
  { outbound, inbound, application, except }: SidecarClasses,
): Generator<void, Rest> {
  const { settings } = snapshot;
  const clusters = withInboundClusters(
    inboundClusters(settings, application),
    withFixed(snapshot, outbound.cluster),
  );
  yield;
  hostRoutes(snapshot, outbound);
  yield;
  const listeners = withFixedListeners(
    fixedOutboundListeners(settings, outbound),
    withoutListeners(outboundListeners(snapshot, outbound) ?? noListeners, except),
  );
  yield;
  return {
    clusters,
    listeners: withInboundListeners(inboundListeners(settings, inbound), listeners),
    routes: outboundRoutes(snapshot, outbound),
  };
}

function* resolveRouter(snapshot: MeshSnapshot, gateway: GatewayClass): Generator<void, Rest> {
  const clusters = withFixed(snapshot, gateway.cluster);
  yield;
  const listeners = gatewayListeners(snapshot, gateway);
  yield;
  return { clusters, listeners, routes: gatewayRoutes(snapshot, gateway) };
}

function withFixed(snapshot: MeshSnapshot, proxyClass: ClusterClass): SortedMap<ClusterIr> {
  return withFixedClusters(
    fixedClusters(snapshot.settings, proxyClass.proxy),
    outboundClusters(snapshot, proxyClass),
  );
}
