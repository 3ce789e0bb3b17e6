import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { core, hcm, listener, packAny, router } from '../dist/index.js';
import { toJson } from '../dist/json.js';

// example: begin
const connectionManager = hcm.HttpConnectionManager.create({
  statPrefix: 'inbound',
  httpFilters: [
    hcm.HttpFilter.create({
      name: 'envoy.filters.http.router',
      configType: { $case: 'typedConfig', value: packAny(router.Router, router.Router.create()) },
    }),
  ],
});
const filter = listener.Filter.create({
  name: 'envoy.filters.network.http_connection_manager',
  configType: { $case: 'typedConfig', value: packAny(hcm.HttpConnectionManager, connectionManager) },
});
const inbound = listener.Listener.create({
  name: 'inbound',
  trafficDirection: core.TrafficDirection.INBOUND,
  filterChains: [listener.FilterChain.create({ filters: [filter] })],
});

const bytes = listener.Listener.encode(inbound).finish();
const json = toJson(listener.Listener, inbound);
// example: end

test('the example of the README is the one above, and works', async () => {
  const [, example] =
    /example: begin\n([\s\S]*?)\/\/ example: end/.exec(await readFile(import.meta.filename, 'utf8')) ?? [];
  expect(await readFile(join(import.meta.dirname, '../README.md'), 'utf8')).toContain(example);
  expect(listener.Listener.decode(bytes)).toEqual(inbound);
  expect(json).toMatchObject({ name: 'inbound', trafficDirection: 'INBOUND' });
});
