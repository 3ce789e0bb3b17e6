import { describe, expect, it } from 'vitest';
import {
  CATALOG,
  MUTUAL_TLS_IN,
  MUTUAL_TLS_OUT,
  WEBAPP,
  catalogCluster,
  ended,
  headersOf,
  startClient,
  startServer,
  type Started,
} from './fixtures.js';
import type { HttpCall } from './plugin.js';

/** What the module asks of Envoy for one more request of a kind that it has seen. */
function callsOfOneMore({ host, plugin }: Started, call: HttpCall): Readonly<Record<string, number>> {
  plugin.call(call);
  host.calls.clear();
  plugin.call(call);
  return Object.fromEntries(host.calls);
}

const total = (calls: Readonly<Record<string, number>>): number =>
  Object.entries(calls).reduce((sum, [name, count]) => sum + (name === 'malloc' ? 0 : count), 0);

describe('a request of a known peer, over mutual TLS', () => {
  it("costs a server's proxy 18 calls of Envoy, 8 of which have an answer to put somewhere", async () => {
    const requestHeaders = await headersOf(WEBAPP);
    const attributes = { ...MUTUAL_TLS_IN, ...catalogCluster(), ...ended(200) };
    const calls = callsOfOneMore(await startServer(), { attributes, requestHeaders });
    expect(calls).toEqual({
      proxy_get_header_map_value: 2,
      proxy_remove_header_map_value: 2,
      proxy_replace_header_map_value: 2,
      proxy_get_property: 7,
      proxy_get_current_time_nanoseconds: 1,
      proxy_increment_metric: 1,
      proxy_record_metric: 3,
      malloc: 8,
    });
    expect(total(calls)).toBe(18);
  });

  it("costs a client's proxy 19 calls of Envoy, 9 of which have an answer to put somewhere", async () => {
    const responseHeaders = await headersOf(CATALOG);
    const attributes = { ...MUTUAL_TLS_OUT, ...catalogCluster(), ...ended(200) };
    const calls = callsOfOneMore(await startClient(), { attributes, responseHeaders });
    expect(calls).toEqual({
      proxy_get_header_map_value: 2,
      proxy_remove_header_map_value: 2,
      proxy_replace_header_map_value: 2,
      proxy_get_property: 8,
      proxy_get_current_time_nanoseconds: 1,
      proxy_increment_metric: 1,
      proxy_record_metric: 3,
      malloc: 9,
    });
    expect(total(calls)).toBe(19);
  });
});

describe('what istiod wrote on a cluster', () => {
  const renamed = { services: [{ host: 'new.shop.svc.cluster.local', name: 'new', namespace: 'shop' }] };
  const services = (host: Started['host']) =>
    host.metrics
      .series('istio_requests_total')
      .map(({ labels, value }) => [labels['destination_service_name'], value]);

  it('is looked at once a second, and a change is seen then', async () => {
    const { host, plugin } = await startServer();
    plugin.call({ attributes: { ...catalogCluster(), ...ended(200) } });
    const changed = { attributes: { ...catalogCluster(renamed), ...ended(200) } };
    host.nowNs += 900_000_000n;
    plugin.call(changed);
    host.nowNs += 200_000_000n;
    plugin.call(changed);
    expect(services(host)).toEqual([
      ['catalog', 2],
      ['new', 1],
    ]);
  });

  it('is looked at again also where the clock went back', async () => {
    const { host, plugin } = await startServer();
    plugin.call({ attributes: { ...catalogCluster(), ...ended(200) } });
    host.nowNs -= 3_600_000_000_000n;
    plugin.call({ attributes: { ...catalogCluster(renamed), ...ended(200) } });
    expect(services(host)).toEqual([
      ['catalog', 1],
      ['new', 1],
    ]);
  });
});
