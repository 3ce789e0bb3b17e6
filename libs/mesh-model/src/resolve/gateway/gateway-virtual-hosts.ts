import type { VirtualService } from '@istio-ts/config-model';
import { virtualHostName, type RouteIr, type VirtualHostIr } from '@istio-ts/mesh-ir';
import { matchesAll } from '../routes/match.js';

/** What a server says of its virtual hosts before any VirtualService does. */
export interface ServerShell {
  readonly serverPort: number;
  /** Hosts whose plain requests are sent to HTTPS. */
  readonly redirected: readonly string[];
}

/** The routes of one VirtualService for the hosts of one server. */
export interface ServedRoutes {
  readonly hosts: readonly string[];
  readonly serverPort: number;
  readonly routes: readonly RouteIr[];
  readonly redirect: boolean;
  readonly resource: VirtualService;
}

interface Draft {
  readonly host: string;
  readonly port: number;
  readonly parts: readonly (readonly RouteIr[])[];
  readonly requireTls: boolean;
}

/**
 * Virtual hosts from servers and routes in the order of age. Routes of several VirtualServices for one host follow each
 * other, those that match everything last; hosts with the same routes are one virtual host under the first of their names.
 */
export function gatewayVirtualHosts(
  shells: readonly ServerShell[],
  served: readonly ServedRoutes[],
): readonly VirtualHostIr[] {
  const drafts = new Map<string, Draft>();
  for (const { hosts, serverPort, routes, redirect } of served) {
    for (const host of hosts) {
      const before = drafts.get(host);
      drafts.set(host, {
        host,
        port: before?.port ?? serverPort,
        parts: before?.parts.includes(routes) === true ? before.parts : [...(before?.parts ?? []), routes],
        requireTls: redirect || (before?.requireTls ?? false),
      });
    }
  }
  for (const { redirected, serverPort } of shells) {
    for (const host of redirected) {
      const before = drafts.get(host) ?? { host, port: serverPort, parts: [] };
      drafts.set(host, { ...before, requireTls: true });
    }
  }
  return collapse([...drafts.values()].sort((a, b) => (a.host < b.host ? -1 : 1)));
}

/** Hosts drawn from the same parts have the same routes. */
function collapse(drafts: readonly Draft[]): readonly VirtualHostIr[] {
  const groups: { readonly first: Draft; readonly domains: string[] }[] = [];
  for (const draft of drafts) {
    const same = groups.find(({ first }) => isSame(first, draft));
    if (same === undefined) groups.push({ first: draft, domains: [draft.host] });
    else same.domains.push(draft.host);
  }
  return groups.map(({ first, domains }) => ({
    name: virtualHostName(first.host, first.port),
    domains,
    routes: catchAllLast(first.parts.flat(), first.parts.length > 1),
    requireTls: first.requireTls,
  }));
}

function isSame(a: Draft, b: Draft): boolean {
  return (
    a.port === b.port &&
    a.requireTls === b.requireTls &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, index) => part === b.parts[index])
  );
}

function catchAllLast(routes: readonly RouteIr[], several: boolean): readonly RouteIr[] {
  if (!several) return routes;
  const catchAll = routes.filter(({ match }) => matchesAll(match));
  return [...routes.filter((route) => !catchAll.includes(route)), ...catchAll];
}
