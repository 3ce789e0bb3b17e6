import { describe, expect, it } from 'vitest';
import type { CheckEnvoyValue } from '../../envoy-types.js';
import { issuesOf } from '../issues-of.js';

/** Everything but that EnvoyFilters are a last resort, and not carried out yet. */
function issues(patch: object, checkEnvoyValue?: CheckEnvoyValue): readonly string[] {
  return issuesOf('EnvoyFilter', { configPatches: [patch] }, { checkEnvoyValue }).filter(
    (issue) => !issue.includes('not carried out') && !issue.includes('patches what is generated'),
  );
}

const remove = { operation: 'REMOVE' };

function filter(filter: object, applyTo = 'HTTP_FILTER') {
  return { applyTo, match: { listener: { filterChain: { filter } } }, patch: remove };
}

const manager = 'envoy.filters.network.http_connection_manager';

describe('an EnvoyFilter', () => {
  it.each([
    [{ applyTo: 'LISTENER', match: { listener: { portNumber: 80 } }, patch: remove }],
    [{ applyTo: 'CLUSTER', patch: { operation: 'ADD', value: {} } }],
    [filter({ name: manager, subFilter: { name: 'envoy.filters.http.router' } })],
    [filter({ name: 'envoy.filters.network.tcp_proxy' }, 'NETWORK_FILTER')],
    [{ applyTo: 'BOOTSTRAP', match: { context: 'ANY' }, patch: { operation: 'MERGE', value: {} } }],
  ])('is accepted with %j', (patch) => {
    expect(issues(patch)).toEqual([]);
  });

  it.each<readonly [string, object]>([
    ['error spec.configPatches[0].applyTo: is required', { patch: remove }],
    ['error spec.configPatches[0].patch: is required', { applyTo: 'CLUSTER' }],
    ['error spec.configPatches[0].patch.operation: is required', { applyTo: 'CLUSTER', patch: {} }],
    [
      'error spec.configPatches[0].patch.value: is required for ADD',
      { applyTo: 'CLUSTER', patch: { operation: 'ADD' } },
    ],
    [
      'error spec.configPatches[0].match.cluster: cannot find objects of LISTENER; match by listener',
      { applyTo: 'LISTENER', match: { cluster: {} }, patch: remove },
    ],
    [
      'error spec.configPatches[0].match.listener: cannot find objects of CLUSTER; match by cluster',
      { applyTo: 'CLUSTER', match: { listener: {} }, patch: remove },
    ],
    [
      'error spec.configPatches[0].match.listener.filterChain.filter.name: is required: filters are found by name',
      filter({}),
    ],
    [
      'error spec.configPatches[0].match.listener.filterChain.filter.subFilter: is for HTTP_FILTER only, not for NETWORK_FILTER',
      filter({ name: manager, subFilter: { name: 'a' } }, 'NETWORK_FILTER'),
    ],
    [
      'warning spec.configPatches[0].match.listener.filterChain.filter: has no effect: LISTENER is not found by its filters',
      filter({ name: manager }, 'LISTENER'),
    ],
    [
      'warning spec.configPatches[0].match.listener.filterChain.filter.subFilter.name: "envoy.cors" is an old name; use "envoy.filters.http.cors"',
      filter({ name: manager, subFilter: { name: 'envoy.cors' } }),
    ],
    [
      'error spec.configPatches[0].match.proxy.proxyVersion: "(" is not a regular expression: a ")" is missing',
      { applyTo: 'CLUSTER', match: { proxy: { proxyVersion: '(' } }, patch: remove },
    ],
  ])('is told: %s', (message, patch) => {
    expect(issues(patch)).toContain(message);
  });

  it('has its values held against the message that they are a part of, whole or not', () => {
    const asked: unknown[] = [];
    const check: CheckEnvoyValue = (...given) => {
      asked.push(given);
      return [{ path: ['a', 0], severity: 'warning', message: 'is odd' }];
    };
    expect(issues({ applyTo: 'CLUSTER', patch: { operation: 'MERGE', value: { a: [1] } } }, check)).toEqual([
      'warning spec.configPatches[0].patch.value.a[0]: is odd',
    ]);
    issues({ applyTo: 'HTTP_FILTER', patch: { operation: 'INSERT_FIRST', value: {} } }, check);
    expect(asked).toEqual([
      ['envoy.config.cluster.v3.Cluster', { a: [1] }, { partial: true }],
      ['envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter', {}, { partial: false }],
    ]);
  });
});
