import type { HttpMatchRequest, HttpRoute } from '@istio-ts/config-model';
import type { ForwardIr, PathMatchIr, RouteActionIr, RouteIr, RouteMatchIr } from '@istio-ts/mesh-ir';
import { outboundClusterName } from '@istio-ts/mesh-ir';
import type { HostView } from '../../scope/service-view.js';
import { originOf } from '../../snapshot/origin.js';
import type { PlanContext } from '../cluster-plan.js';
import { resolveCors } from './cors.js';
import { resolveFault } from './fault.js';
import { destinationAlpn, resolveForward, serviceHash } from './forward.js';
import { resolveHeaderChanges } from './headers.js';
import { matchAll, matchesAll, resolveMatch } from './match.js';
import { resolveDirectResponse, resolveRedirect } from './redirect.js';
import { resolveRetry } from './retry.js';
import { appliesHere, destinationHost, type RouteScene } from './route-scene.js';

/**
 * The routes of a VirtualService for one port, in order: each match is a route of its own, and nothing follows one that
 * matches everything. Empty where no match applies to this proxy.
 */
export function resolveHttpRoutes(scene: RouteScene): readonly RouteIr[] {
  const routes: RouteIr[] = [];
  for (const written of scene.source.http) {
    for (const match of written.match?.length ? written.match : [undefined]) {
      if (match !== undefined && !appliesHere(match, scene)) continue;
      const route = resolveRoute(written, match, scene);
      routes.push(route);
      if (matchesAll(route.match)) return routes;
    }
  }
  return routes;
}

function resolveRoute(written: HttpRoute, match: HttpMatchRequest | undefined, scene: RouteScene): RouteIr {
  const resolved = match === undefined ? matchAll : resolveMatch(match);
  return {
    name: [written.name, match?.name].filter((part) => part !== undefined && part !== '').join('.'),
    match: resolved,
    action: resolveAction(written, scene),
    decorator: `${subjectOf(written, scene)}:${scene.port}${renderPath(resolved.path)}`,
    origin: originOf(scene.source.resource),
    requestHeaders: resolveHeaderChanges(written.headers?.request),
    responseHeaders: resolveHeaderChanges(written.headers?.response),
    fault: resolveFault(written.fault),
    cors: resolveCors(written.corsPolicy),
  };
}

function resolveAction(written: HttpRoute, scene: RouteScene): RouteActionIr {
  if (written.redirect !== undefined) return resolveRedirect(written.redirect, scene);
  if (written.directResponse !== undefined) return resolveDirectResponse(written.directResponse);
  return resolveForward(written, scene);
}

/** Spans are named after the only destination, else after the VirtualService. */
function subjectOf({ route = [] }: HttpRoute, scene: RouteScene): string {
  const [first] = route;
  return route.length === 1 && first !== undefined
    ? destinationHost(first.destination, scene)
    : scene.source.resource.metadata.name;
}

function renderPath({ kind, value }: PathMatchIr): string {
  return kind === 'prefix' || kind === 'path-separated-prefix' ? `${value}*` : value;
}

/** The route of a service without a VirtualService. */
export function defaultRoute(view: HostView, port: number, plans: PlanContext): RouteIr {
  const { host } = view.facts.service;
  const hash = serviceHash(view, port);
  const cluster = outboundClusterName(host, port);
  const alpn = destinationAlpn(view, plans, cluster);
  const action: ForwardIr = {
    kind: 'forward',
    destinations: [{ cluster, weight: 100, alpn, requestHeaders: undefined, responseHeaders: undefined }],
    timeoutMs: 0,
    retry: resolveRetry(undefined, plans.settings, hash !== undefined),
    rewrite: undefined,
    mirrors: [],
    hash: hash === undefined ? [] : [hash],
  };
  return plainRoute('default', matchAll, { action, decorator: `${host}:${port}/*` });
}

function plainRoute(
  name: string,
  match: RouteMatchIr,
  { action, decorator }: { readonly action: RouteActionIr; readonly decorator: string },
): RouteIr {
  return {
    name,
    match,
    action,
    decorator,
    origin: undefined,
    requestHeaders: undefined,
    responseHeaders: undefined,
    fault: undefined,
    cors: undefined,
  };
}
