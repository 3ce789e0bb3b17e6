import type { Destination, HttpRoute, HttpRouteDestination } from '@istio-ts/config-model';
import type { ForwardIr, HashKeyIr, HttpAlpnIr, RewriteIr, RouteDestinationIr } from '@istio-ts/mesh-ir';
import { plansOf, type PlanContext } from '../cluster-plan.js';
import { hashKeyOf } from '../load-balancing.js';
import { durationMs, mergePolicies } from '../traffic-policy.js';
import { resolveHeaderChanges } from './headers.js';
import { resolveMirrors } from './mirror.js';
import { resolveRetry } from './retry.js';
import { destinationCluster, destinationHost, destinationPort, type RouteScene } from './route-scene.js';
import type { HostView } from '../../scope/service-view.js';

/** Where matching requests go, and how. */
export function resolveForward(route: HttpRoute, scene: RouteScene): ForwardIr {
  const destinations = weighted(route.route ?? []);
  const hash = distinct(destinations.flatMap(({ destination }) => hashOf(destination, scene)));
  return {
    kind: 'forward',
    destinations: destinations.map((written) => resolveDestination(written, destinations.length, scene)),
    timeoutMs: durationMs(route.timeout) ?? 0,
    retry: resolveRetry(route.retries, scene.settings, hash.length > 0),
    rewrite: resolveRewrite(route.rewrite),
    mirrors: resolveMirrors(route, scene),
    hash,
  };
}

/** Where there are several, those of weight 0 get nothing and are left out. */
function weighted(written: readonly HttpRouteDestination[]): readonly HttpRouteDestination[] {
  return written.length > 1 ? written.filter(({ weight = 0 }) => weight > 0) : written;
}

function resolveDestination(
  { destination, weight, headers }: HttpRouteDestination,
  count: number,
  scene: RouteScene,
): RouteDestinationIr {
  const cluster = destinationCluster(destination, scene);
  return {
    cluster,
    weight: count === 1 ? 100 : (weight ?? 0),
    alpn: destinationAlpn(scene.services.get(destinationHost(destination, scene)), scene.plans, cluster),
    requestHeaders: resolveHeaderChanges(headers?.request),
    responseHeaders: resolveHeaderChanges(headers?.response),
  };
}

/** What HTTP announces to a cluster: nothing of its own where the mesh's mutual TLS is not in play. */
export function destinationAlpn(view: HostView | undefined, plans: PlanContext, cluster: string): HttpAlpnIr {
  const plan = view && plansOf(view, plans).find(([name]) => name === cluster)?.[1].cluster;
  if (plan === undefined || (plan.tls.kind !== 'auto-mtls' && plan.tls.kind !== 'istio-mutual')) return 'own';
  switch (plan.protocol) {
    case 'http2':
      return 'h2';
    case 'downstream':
      return 'downstream';
    case 'default':
      return 'http/1.1';
  }
}

function resolveRewrite(written: HttpRoute['rewrite']): RewriteIr | undefined {
  const { uri, authority, uriRegexRewrite: regex } = written ?? {};
  if (uri === undefined && authority === undefined && regex === undefined) return undefined;
  return {
    path: uri,
    pathRegex: regex && { pattern: regex.match ?? '', substitution: regex.rewrite ?? '' },
    authority,
  };
}

function hashOf(destination: Destination, scene: RouteScene): readonly HashKeyIr[] {
  const view = scene.services.get(destinationHost(destination, scene));
  const port = destinationPort(destination, scene);
  const key = view && serviceHash(view, port, destination.subset);
  return key === undefined ? [] : [key];
}

/** What requests to a port of a service, or to a subset of it, are hashed on. */
export function serviceHash({ rule }: HostView, port: number, subsetName?: string): HashKeyIr | undefined {
  const subset = rule?.subsets.find(({ name }) => name === subsetName);
  return hashKeyOf(mergePolicies(rule?.trafficPolicy, subset?.trafficPolicy, port).loadBalancer);
}

function distinct(keys: readonly HashKeyIr[]): readonly HashKeyIr[] {
  const seen = new Set<string>();
  return keys.filter((key) => {
    const content = JSON.stringify(key);
    const isNew = !seen.has(content);
    seen.add(content);
    return isNew;
  });
}
