import type { Place } from '../../place.js';
import { deprecatedNames } from './deprecated-names.js';
import type { ApplyTo } from './patched-messages.js';
import type { EnvoyConfigObjectMatch, ListenerMatch } from './spec.js';

/** By which match objects of a class can be found. */
const matchFor: Readonly<Partial<Record<ApplyTo, 'listener' | 'routeConfiguration' | 'cluster'>>> = {
  LISTENER: 'listener',
  FILTER_CHAIN: 'listener',
  NETWORK_FILTER: 'listener',
  HTTP_FILTER: 'listener',
  LISTENER_FILTER: 'listener',
  ROUTE_CONFIGURATION: 'routeConfiguration',
  VIRTUAL_HOST: 'routeConfiguration',
  HTTP_ROUTE: 'routeConfiguration',
  CLUSTER: 'cluster',
};

const objectTypes = ['listener', 'routeConfiguration', 'cluster'] as const;

export function validateObjectMatch(applyTo: ApplyTo, match: EnvoyConfigObjectMatch, place: Place): void {
  const fitting = matchFor[applyTo];
  for (const type of objectTypes) {
    if (fitting !== undefined && type !== fitting && match[type])
      place.at(type).error(`cannot find objects of ${applyTo}; match by ${fitting}`);
  }
  const filter = match.listener?.filterChain?.filter;
  if (filter && fitting === 'listener')
    validateFilter(filter, applyTo, place.at('listener', 'filterChain', 'filter'));
}

const connectionManager = 'envoy.filters.network.http_connection_manager';

type FilterMatch = NonNullable<NonNullable<ListenerMatch['filterChain']>['filter']>;

function validateFilter({ name = '', subFilter }: FilterMatch, applyTo: ApplyTo, place: Place): void {
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN')
    place.warning(`has no effect: ${applyTo} is not found by its filters`);
  if (name === '') place.at('name').error('is required: filters are found by name');
  else warnName(name, place.at('name'));
  if (subFilter === undefined) return;
  const at = place.at('subFilter');
  if (applyTo !== 'HTTP_FILTER') at.error(`is for HTTP_FILTER only, not for ${applyTo}`);
  if (name !== '' && (deprecatedNames[name] ?? name) !== connectionManager)
    at.error(`needs the filter ${connectionManager}, which is the one with HTTP filters`);
  if (subFilter.name === undefined || subFilter.name === '') at.at('name').error('is required');
  else warnName(subFilter.name, at.at('name'));
}

function warnName(name: string, place: Place): void {
  const now = deprecatedNames[name];
  if (now !== undefined) place.warning(`${JSON.stringify(name)} is an old name; use ${JSON.stringify(now)}`);
}
