import { hostSubsetOf, isWildcard, type Destination, type PathKey } from '@istio-ts/config-model';
import type { Issue, SortedMap } from '@istio-ts/foundation';
import { lookupMap } from '../derive/index.js';
import { destinationHost } from '../resolve/routes/route-scene.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import type { RouteSource } from '../snapshot/route-index.js';
import { MeshIssueCode } from './issue-code.js';
import type { KnownHost } from './known-hosts.js';
import { raiseIssue } from './raise-issue.js';

/** What the destinations of routes are held against besides exact hosts. */
export interface DestinationContext {
  readonly settings: MeshSettings;
  /** Hosts of services with a wildcard. */
  readonly wildcards: readonly string[];
}

interface Reference {
  readonly destination: Destination;
  readonly path: readonly PathKey[];
}

/** Destinations of VirtualServices that lead to an unknown host or subset, or leave the port open. */
export const destinationIssues = lookupMap<RouteSource, KnownHost, readonly Issue[], DestinationContext>({
  refs: (source, { settings }) =>
    references(source).map(({ destination }) => destinationHost(destination, { source, settings })),
  compute: (source, hosts, context) => {
    const issues = references(source).flatMap((reference) => issuesOf(source, reference, { hosts, context }));
    return issues.length === 0 ? undefined : issues;
  },
});

function references({ resource: { spec } }: RouteSource): readonly Reference[] {
  const http = (spec.http ?? []).flatMap((route, index) => {
    const at: readonly PathKey[] = ['spec', 'http', index];
    return [
      ...(route.route ?? []).map(({ destination }, place) => ({
        destination,
        path: [...at, 'route', place, 'destination'],
      })),
      ...(route.mirror === undefined ? [] : [{ destination: route.mirror, path: [...at, 'mirror'] }]),
      ...(route.mirrors ?? []).map(({ destination }, place) => ({
        destination,
        path: [...at, 'mirrors', place, 'destination'],
      })),
    ];
  });
  const streams = (['tls', 'tcp'] as const).flatMap((field) =>
    (spec[field] ?? []).flatMap((route, index) =>
      (route.route ?? []).map(({ destination }, place) => ({
        destination,
        path: ['spec', field, index, 'route', place, 'destination'] as readonly PathKey[],
      })),
    ),
  );
  return [...http, ...streams];
}

interface Scene {
  readonly hosts: SortedMap<KnownHost>;
  readonly context: DestinationContext;
}

function issuesOf(
  source: RouteSource,
  { destination, path }: Reference,
  { hosts, context: { settings, wildcards } }: Scene,
): readonly Issue[] {
  const host = destinationHost(destination, { source, settings });
  const known = hosts.get(host);
  const ports = known?.ports;
  if (ports === undefined) {
    return !isWildcard(host) && wildcards.some((wildcard) => hostSubsetOf(host, wildcard))
      ? []
      : [unknownHost(source, host, path)];
  }
  const { subset } = destination;
  const lacking = subset !== undefined && subset !== '' && known?.subsets.includes(subset) === false;
  return [
    ...(lacking ? [unknownSubset(source, { host, subset }, path)] : []),
    ...(destination.port === undefined && ports.length > 1 ? [openPort(source, { host, ports }, path)] : []),
  ];
}

function unknownHost({ resource }: RouteSource, host: string, path: readonly PathKey[]): Issue {
  return raiseIssue(resource, {
    code: MeshIssueCode.ReferenceNotFound,
    severity: 'error',
    path: [...path, 'host'],
    message: `host ${JSON.stringify(host)} is no service of the mesh: requests that take this route fail with 503. Correct the name, or declare the host with a Service or a ServiceEntry`,
  });
}

function unknownSubset(
  { resource }: RouteSource,
  { host, subset }: { readonly host: string; readonly subset: string },
  path: readonly PathKey[],
): Issue {
  return raiseIssue(resource, {
    code: MeshIssueCode.ReferenceNotFound,
    severity: 'error',
    path: [...path, 'subset'],
    message: `subset ${JSON.stringify(subset)} of ${host} is in no DestinationRule: requests that take this route fail with 503. Define the subset in a DestinationRule for this host`,
  });
}

function openPort(
  { resource }: RouteSource,
  { host, ports }: { readonly host: string; readonly ports: readonly number[] },
  path: readonly PathKey[],
): Issue {
  return raiseIssue(resource, {
    code: MeshIssueCode.PortRequired,
    severity: 'error',
    path: [...path, 'port'],
    message: `${host} has the ports ${ports.join(', ')} and none is named: set port.number, else the port that the request came in on is used`,
  });
}
