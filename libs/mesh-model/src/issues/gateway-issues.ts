import { hostMatches, renderLabels, type Gateway } from '@istio-ts/config-model';
import type { Issue, SortedMap } from '@istio-ts/foundation';
import { groupMap, lookupMap, projectMap } from '../derive/index.js';
import { offeredHosts, plainHosts } from '../resolve/gateway/server-hosts.js';
import { gatewayName } from '../snapshot/gateway-index.js';
import { compareAge } from '../snapshot/origin.js';
import { meshGateway, resolveGatewayName, type RouteSource } from '../snapshot/route-index.js';
import { MeshIssueCode } from './issue-code.js';
import { raiseIssue } from './raise-issue.js';

/** VirtualServices that are bound to gateways that are not there, or share no host with them. */
export const bindingIssues = lookupMap<RouteSource, Gateway, readonly Issue[]>({
  refs: ({ gateways }) => gateways,
  compute: (source, gateways) => {
    const { resource } = source;
    const written = resource.spec.gateways ?? [];
    const issues = written.flatMap((name, index) => {
      const full = resolveGatewayName(name, resource.metadata.namespace);
      return full === meshGateway
        ? []
        : bindingIssue(source, { name: full, index, gateway: gateways.get(full) });
    });
    return issues.length === 0 ? undefined : issues;
  },
});

interface Binding {
  readonly name: string;
  readonly index: number;
  readonly gateway: Gateway | undefined;
}

function bindingIssue({ resource, hosts }: RouteSource, { name, index, gateway }: Binding): readonly Issue[] {
  const path = ['spec', 'gateways', index];
  if (gateway === undefined) {
    return [
      raiseIssue(resource, {
        code: MeshIssueCode.ReferenceNotFound,
        severity: 'error',
        path,
        message: `gateway ${JSON.stringify(name)} does not exist: nothing is routed through it. Create the Gateway, or write the namespace before its name (namespace/name)`,
      }),
    ];
  }
  const offered = (gateway.spec.servers ?? []).flatMap((server) =>
    offeredHosts(gateway, server, resource.metadata.namespace),
  );
  const lost = hosts.filter((host) => !offered.some((other) => hostMatches(host, other)));
  if (lost.length === 0) return [];
  return [
    raiseIssue(resource, {
      code: MeshIssueCode.HostNotInGateway,
      severity: 'warning',
      path: ['spec', 'hosts'],
      message: `gateway ${name} serves none of the hosts ${lost.join(', ')} for namespace ${resource.metadata.namespace}: add them to one of its servers`,
    }),
  ];
}

interface Claim {
  readonly gateway: Gateway;
  readonly count: number;
}

/** Selector, port, protocol and host → the gateways that claim them. */
const claims = groupMap((gateway: Gateway) => {
  const counts = new Map<string, number>();
  for (const server of gateway.spec.servers ?? []) {
    for (const host of plainHosts(server)) {
      const { number } = server.port;
      const place = JSON.stringify([renderLabels(gateway.spec.selector), server.bind ?? '', number, host]);
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  }
  return [...counts].map(([place, count]): readonly [string, Claim] => [place, { gateway, count }]);
});

const claimIssues = projectMap((group: SortedMap<Claim>, _context: undefined, place) => {
  const sorted = [...group.values()].sort((a, b) => compareAge(a.gateway, b.gateway));
  const [first, ...later] = sorted;
  if (first === undefined) return undefined;
  const own = sorted.filter(({ count }) => count > 1).map(({ gateway }) => conflict(gateway, gateway, place));
  const others = later.map(({ gateway }) => conflict(gateway, first.gateway, place));
  const issues = [...own, ...others];
  return issues.length === 0 ? undefined : issues;
});

/** Hosts that are claimed twice on one port of the same proxies. */
export function gatewayConflicts(slot: object, gateways: SortedMap<Gateway>): SortedMap<readonly Issue[]> {
  return claimIssues(slot, claims(slot, gateways, undefined), undefined);
}

function conflict(gateway: Gateway, first: Gateway, place: string): Issue {
  const [, , port, host] = JSON.parse(place) as readonly [string, string, number, string];
  const by = first === gateway ? 'another of its servers' : `gateway ${gatewayName(first)}`;
  return raiseIssue(gateway, {
    code: MeshIssueCode.ConflictingGateways,
    severity: 'error',
    path: ['spec', 'servers'],
    message: `host ${JSON.stringify(host)} on port ${port} is served by ${by} already, for the same proxies: of two TLS servers the first counts, plain ones are merged. Keep the host in one place`,
  });
}
