import { expect, test } from 'vitest';
import { cluster, hcm, listener, packAny } from '@istio-ts/xds-types';
import { loadAssignmentOf, routeConfigurationsOf } from './named-children.js';

function encodeCluster(fields: Parameters<typeof cluster.Cluster.fromPartial>[0]): Buffer {
  return Buffer.from(cluster.Cluster.encode(cluster.Cluster.fromPartial(fields)).finish());
}

const eds = { $case: 'type', value: cluster.Cluster_DiscoveryType.EDS } as const;

test('a cluster of type EDS asks for its service name, else its own name; others for nothing', () => {
  const named = encodeCluster({
    name: 'c',
    clusterDiscoveryType: eds,
    edsClusterConfig: { serviceName: 'service' },
  });
  expect(loadAssignmentOf(named, 'c')).toEqual(['service']);
  expect(loadAssignmentOf(encodeCluster({ name: 'c', clusterDiscoveryType: eds }), 'c')).toEqual(['c']);
  const fixed = { $case: 'type', value: cluster.Cluster_DiscoveryType.STATIC } as const;
  expect(loadAssignmentOf(encodeCluster({ name: 'c', clusterDiscoveryType: fixed }), 'c')).toEqual([]);
});

test('a listener asks for the route configurations of all its connection managers, each once', () => {
  const filter = (routeConfigName: string) => ({
    name: 'manager',
    configType: {
      $case: 'typedConfig' as const,
      value: packAny(
        hcm.HttpConnectionManager,
        hcm.HttpConnectionManager.fromPartial({
          routeSpecifier: { $case: 'rds', value: { routeConfigName } },
        }),
      ),
    },
  });
  const message = listener.Listener.fromPartial({
    name: 'l',
    filterChains: [{ filters: [filter('80')] }, { filters: [filter('80')] }],
    defaultFilterChain: { filters: [filter('8080')] },
  });
  expect(routeConfigurationsOf(Buffer.from(listener.Listener.encode(message).finish()))).toEqual([
    '80',
    '8080',
  ]);
});
