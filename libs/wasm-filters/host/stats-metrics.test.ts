import { expect, it } from 'vitest';
import described from '../stats-metrics.json' with { type: 'json' };
import { catalogCluster, ended, startServer } from './fixtures.js';

const seriesLimit = 5000;

it('stats-metrics.json describes every metric that the module makes, with its labels, and no other', async () => {
  const { host, plugin } = await startServer();
  plugin.connect({ ...catalogCluster(), upstream: { address: '10.0.0.2:3001' } }).close();
  for (let code = 0; code <= seriesLimit; code++) plugin.call({ attributes: ended(code) });

  const made = new Map(host.metrics.series('').map(({ metric, labels }) => [metric, Object.keys(labels)]));
  const table = described.metrics.map(({ name, of }): [string, readonly string[]] => [
    name,
    described.labels.filter((label) => label.of.includes(of)).map((label) => label.name),
  ]);
  expect(sorted(made)).toEqual(sorted(table));
});

function sorted(metrics: Iterable<readonly [string, readonly string[]]>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Array.from(metrics, ([name, labels]) => [name, [...labels].sort()]));
}
