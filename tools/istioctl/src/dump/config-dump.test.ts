import { admin, cluster } from '@istio-ts/xds-types';
import { expect, test } from 'vitest';
import { clustersDump, configDump } from '../testing/dumps.js';
import { parseConfigDump, printMessage, resourceIn, sectionOf } from './config-dump.js';

const parse = (...configs: readonly Readonly<Record<string, unknown>>[]) =>
  parseConfigDump(JSON.stringify(configDump(...configs)), 'dump.json');

test('field names may be of Envoy or of protobuf', () => {
  const camel = {
    '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
    dynamicActiveClusters: [
      {
        cluster: {
          '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
          name: 'a',
          connectTimeout: '1s',
        },
      },
    ],
  };
  const snake = clustersDump({ name: 'a', connect_timeout: '1s' });
  expect(sectionOf(parse(camel), admin.ClustersConfigDump)).toEqual(
    sectionOf(parse(snake), admin.ClustersConfigDump),
  );
});

test('what another build of Envoy has more is kept where it is a type, and skipped where it is a field', () => {
  const stats = { '@type': 'type.googleapis.com/stats.PluginConfig', stat_prefix: 'x' };
  const dump = parse(
    clustersDump({ name: 'a', field_of_tomorrow: 1, filters: [{ name: 'stats', typed_config: stats }] }),
  );
  const [entry] = sectionOf(dump, admin.ClustersConfigDump).dynamicActiveClusters;
  const [read] = resourceIn(entry?.cluster, cluster.Cluster);
  expect(read?.name).toBe('a');
  expect(read && printMessage(cluster.Cluster, read)).toEqual({
    name: 'a',
    filters: [{ name: 'stats', typedConfig: stats }],
  });
});

test('several sections of one kind are one', () => {
  const dump = parse(clustersDump({ name: 'a' }), clustersDump({ name: 'b' }));
  expect(sectionOf(dump, admin.ClustersConfigDump).dynamicActiveClusters).toHaveLength(2);
});

test('a missing section is named', () => {
  expect(() => sectionOf(parse(), admin.ClustersConfigDump)).toThrow(
    'config dump has no configuration type type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
  );
});

test.each([
  ['<html>', /dump\.json is no answer of Envoy's admin interface/],
  ['[]', /holds no JSON object/],
  ['{"configs": 1}', /"configs" is not a list/],
])('a file that is no dump is refused: %s', (text, message) => {
  expect(() => parseConfigDump(text, 'dump.json')).toThrow(message);
});

test('a wrong value is named with its field', () => {
  const dump = parse(clustersDump({ name: 1 }));
  expect(() => sectionOf(dump, admin.ClustersConfigDump)).toThrow(/Cluster\.name/);
});
