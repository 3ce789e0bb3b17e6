import { describe, expect, it } from 'vitest';
import {
  MUTUAL_TLS_IN,
  MUTUAL_TLS_OUT,
  catalogCluster,
  endpointOf,
  startClient,
  startServer,
} from './fixtures.js';

const carried = (received: number, sent: number) => ({
  upstream: { address: '10.0.0.2:3001' },
  request: { total_size: received },
  response: { total_size: sent },
});
const totals = [
  'istio_tcp_connections_opened_total',
  'istio_tcp_connections_closed_total',
  'istio_tcp_received_bytes_total',
  'istio_tcp_sent_bytes_total',
] as const;

describe('the TCP metrics', () => {
  it('count a short connection at its end', async () => {
    const { host, plugin } = await startClient();
    const connection = plugin.connect({ ...catalogCluster(), ...carried(0, 0) });
    connection.becomes(carried(10, 2000));
    connection.close();
    expect(totals.map((metric) => host.metrics.total(metric))).toEqual([1, 1, 10, 2000]);
  });

  it('count a long connection while it lives, and each byte once', async () => {
    const { host, plugin } = await startClient();
    const connection = plugin.connect({ ...catalogCluster(), ...carried(0, 0) });
    connection.becomes(carried(10, 2000));
    plugin.tick();
    expect(totals.map((metric) => host.metrics.total(metric))).toEqual([1, 0, 10, 2000]);
    connection.becomes(carried(15, 2000));
    plugin.tick();
    connection.becomes(carried(15, 2500));
    connection.close();
    plugin.tick();
    expect(totals.map((metric) => host.metrics.total(metric))).toEqual([1, 1, 15, 2500]);
  });

  it('wait for a connection that is not through yet, and then name its server', async () => {
    const { host, plugin } = await startClient();
    const connection = plugin.connect(catalogCluster());
    plugin.tick();
    expect(host.metrics.total('istio_tcp_connections_opened_total')).toBe(0);
    connection.becomes({
      ...catalogCluster({}, endpointOf('catalog-v2;shop;catalog;v2;Kubernetes')),
      ...carried(1, 1),
    });
    plugin.tick();
    expect(host.metrics.series('istio_tcp_connections_opened_total')).toMatchObject([
      { value: 1, labels: { destination_workload: 'catalog-v2' } },
    ]);
  });

  it('keep several connections apart, whichever closes first', async () => {
    const { host, plugin } = await startServer();
    const connections = [1, 2, 3].map((n) => plugin.connect({ ...catalogCluster(), ...carried(n, n) }));
    plugin.tick();
    connections[1]?.close();
    connections[2]?.close();
    connections[0]?.becomes(carried(100, 100));
    plugin.tick();
    expect(totals.map((metric) => host.metrics.total(metric))).toEqual([3, 2, 105, 105]);
  });

  it("tell a client's proxy the server by certificate and endpoint", async () => {
    const { host, plugin } = await startClient();
    const endpoint = endpointOf('catalog-v2;shop;catalog;v2;Kubernetes');
    plugin.connect({ ...MUTUAL_TLS_OUT, ...catalogCluster({}, endpoint) }).close();
    const [series] = host.metrics.series('istio_tcp_connections_closed_total');
    expect(series?.labels).toMatchObject({
      reporter: 'source',
      source_workload: 'webapp',
      destination_workload: 'catalog-v2',
      destination_principal: 'spiffe://cluster.local/ns/shop/sa/catalog',
      destination_service_name: 'catalog',
      request_protocol: 'tcp',
      response_flags: '-',
    });
    expect(series?.labels).not.toHaveProperty('response_code');
    expect(series?.labels).not.toHaveProperty('grpc_response_status');
  });

  it("tell a server's proxy no more than the client's certificate does", async () => {
    const { host, plugin } = await startServer();
    plugin.connect({ ...MUTUAL_TLS_IN, ...catalogCluster() }).close();
    expect(host.metrics.series('istio_tcp_connections_opened_total')[0]?.labels).toMatchObject({
      reporter: 'destination',
      source_workload: 'unknown',
      source_workload_namespace: 'web',
      source_principal: 'spiffe://cluster.local/ns/web/sa/webapp',
      destination_workload: 'catalog-v2',
      connection_security_policy: 'mutual_tls',
    });
  });

  it('show why a connection failed', async () => {
    const { host, plugin } = await startClient();
    plugin.connect({ ...catalogCluster(), response: { flags: 1 << 5 } }).close();
    expect(host.metrics.series('istio_tcp_connections_closed_total')[0]?.labels['response_flags']).toBe('UF');
  });
});
