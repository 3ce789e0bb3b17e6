import { renderLabels, type DestinationRule, type Labels } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { groupMap, projectMap, unionMaps, type Slot } from '../derive/index.js';
import type { RouteSource } from './route-index.js';

/**
 * Every distinct label selector by which routes and rules choose among client workloads, by its text. A proxy's class
 * holds the texts that match it, instead of its labels.
 */
export type SelectorIndex = SortedMap<Labels>;

const ofRoutes = groupMap((source: RouteSource) => entriesOf(sourceLabelsOf(source)));
const ofRules = groupMap(({ spec }: DestinationRule) =>
  entriesOf([spec.workloadSelector?.matchLabels ?? {}]),
);
const joined = unionMaps<SortedMap<Labels>>();
const firstOfGroup = projectMap((group: SortedMap<Labels>) => [...group.values()][0]);

export function indexSelectors(
  slot: Slot,
  routes: SortedMap<RouteSource>,
  rules: SortedMap<DestinationRule>,
): SelectorIndex {
  const groups = joined(slot, ofRoutes(slot, routes, undefined), ofRules(slot, rules, undefined));
  return firstOfGroup(slot, groups, undefined);
}

function sourceLabelsOf({ http, resource: { spec } }: RouteSource): readonly Labels[] {
  const matches = [http, spec.tls ?? [], spec.tcp ?? []].flatMap((routes) =>
    routes.flatMap(({ match = [] }) => match),
  );
  return matches.map(({ sourceLabels = {} }) => sourceLabels);
}

function entriesOf(selectors: readonly Labels[]): readonly (readonly [string, Labels])[] {
  return selectors
    .filter((labels) => Object.keys(labels).length > 0)
    .map((labels) => [renderLabels(labels), labels] as const);
}
