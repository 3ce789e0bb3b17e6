import { renderIssue, renderResourceRef, type Issue } from '@istio-ts/foundation';
import { createCall, simulate, type Outcome, type ProxyXds } from '@istio-ts/traffic-simulator';
import { cluster, endpoint, listener, route } from '@istio-ts/xds-types';
import { toJson } from '@istio-ts/xds-types/json';
import type { GoldenCall, Seam, SeamType, WantedIssue } from './golden-case.js';
import type { ProxyState } from './golden-world.js';
import { matchPartial } from './match-partial.js';

/** What goes elsewhere than it should; one line each. */
export function checkTraffic(xds: ProxyXds, calls: readonly GoldenCall[]): readonly string[] {
  return calls.flatMap(({ call, becomes }, index) => {
    const outcome = readable(simulate(xds, createCall(call)));
    const want = { error: '', ...becomes };
    const { clusters, ...rest } = want;
    const exact =
      clusters === undefined || sameWeights(clusters, outcome.clusters)
        ? []
        : [`clusters are ${JSON.stringify(outcome.clusters)} instead of ${JSON.stringify(clusters)}`];
    return [...matchPartial(rest, outcome), ...exact].map((line) => `calls[${index}]: ${line}`);
  });
}

function readable({ clusters, error, chainTls: _chainTls, ...outcome }: Outcome) {
  return { ...outcome, error: error ?? '', clusters: weightsOf(clusters) };
}

function weightsOf(clusters: Outcome['clusters']): Readonly<Record<string, number>> {
  return Object.fromEntries(clusters.map(({ name, weight }) => [name, weight]));
}

function sameWeights(want: Readonly<Record<string, number>>, got: Readonly<Record<string, number>>): boolean {
  const render = (weights: Readonly<Record<string, number>>): string =>
    JSON.stringify(Object.entries(weights).sort());
  return render(want) === render(got);
}

/** Issues that are missing, and issues that nobody asked for. */
export function checkIssues(issues: readonly Issue[], want: readonly WantedIssue[]): readonly string[] {
  const left = [...issues];
  const missing = want.filter((wanted) => {
    const found = left.findIndex((issue) => isWanted(issue, wanted));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  return [
    ...missing.map((wanted) => `missing: ${JSON.stringify(wanted)}`),
    ...left.map((issue) => `unexpected: ${renderIssue(issue)}`),
  ];
}

function isWanted(issue: Issue, want: WantedIssue): boolean {
  const resource = issue.resource === undefined ? '' : renderResourceRef(issue.resource);
  return (
    issue.code === want.code &&
    issue.severity === want.severity &&
    resource === want.resource &&
    (issue.path ?? '') === want.path &&
    issue.message.includes(want.says)
  );
}

const renderers: Readonly<Record<SeamType, (state: ProxyState) => ReadonlyMap<string, unknown>>> = {
  clusters: ({ clusters }) => new Map(clusters.map((each) => [each.name, toJson(cluster.Cluster, each)])),
  listeners: ({ listeners }) =>
    new Map(listeners.map((each) => [each.name, toJson(listener.Listener, each)])),
  routes: ({ routes }) =>
    new Map([...routes].map(([name, each]) => [name, toJson(route.RouteConfiguration, each)])),
  endpoints: ({ loadAssignments }) =>
    new Map(loadAssignments.map((each) => [each.clusterName, toJson(endpoint.ClusterLoadAssignment, each)])),
};

/** Where the resources of a type are not what a case wants; `name` is the resource's name, also for load assignments. */
export function checkSeam(state: ProxyState, { type, resources, absent }: Seam): readonly string[] {
  const present = renderers[type](state);
  return [
    ...resources.flatMap(({ name, ...want }) => {
      const got = present.get(name);
      return got === undefined
        ? [`${type}: ${name} is not among ${[...present.keys()].join(', ')}`]
        : matchPartial(want, got).map((line) => `${name}: ${line}`);
    }),
    ...absent.filter((name) => present.has(name)).map((name) => `${type}: ${name} is there`),
  ];
}
