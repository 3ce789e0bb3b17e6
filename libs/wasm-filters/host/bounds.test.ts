import { describe, expect, it } from 'vitest';
import {
  MUTUAL_TLS_IN,
  WEBAPP,
  catalogCluster,
  ended,
  headersOf,
  startClient,
  startServer,
} from './fixtures.js';

const SERIES_LIMIT = 5000;
/** Of these, so many may rest on what callers without a certificate say. */
const CLAIM_LIMIT = 2500;
/** Services that only host headers name. */
const HOST_LIMIT = 1024;
const STREAMS = 50_000;

describe('what outsiders send', () => {
  it('makes no more than a fixed number of series, and no request is lost', async () => {
    const { host, plugin } = await startClient();
    const hosts = SERIES_LIMIT + 1000;
    for (let n = 0; n < hosts; n++) {
      plugin.call({ attributes: ended(200), requestHeaders: { ':authority': `host-${n}.example.com` } });
    }
    const series = host.metrics.series('istio_requests_total');
    expect(series.length).toBeLessThanOrEqual(SERIES_LIMIT);
    expect(host.metrics.total('istio_requests_total')).toBe(hosts);
    expect(host.metrics.total('istio_stats_overflow_total')).toBeGreaterThan(0);
  });

  it('is counted under unknown once every series is taken', async () => {
    const { host, plugin } = await startClient();
    for (let n = 0; n < SERIES_LIMIT + 10; n++) {
      plugin.call({ attributes: { ...catalogCluster(), response: { code: n } } });
    }
    const rest = host.metrics
      .series('istio_requests_total')
      .find(({ labels }) => labels['destination_service'] === 'unknown');
    expect(rest).toMatchObject({ value: 10, labels: { reporter: 'source', source_workload: 'webapp' } });
    expect(host.metrics.total('istio_stats_overflow_total')).toBe(10);
  });
});

describe('what callers make up', () => {
  const claimed = 3000;

  it('leaves room for services that istiod names, however many hosts a caller asks for', async () => {
    const { host, plugin } = await startClient();
    for (let n = 0; n < claimed; n++) {
      plugin.call({ attributes: ended(200), requestHeaders: { ':authority': `host-${n}.example.com` } });
    }
    plugin.call({ attributes: { ...catalogCluster(), ...ended(200) } });
    const services = host.metrics
      .series('istio_requests_total')
      .map(({ labels, value }) => [labels['destination_service'], value] as const);
    expect(services).toHaveLength(HOST_LIMIT + 2);
    expect(services).toContainEqual(['unknown', claimed - HOST_LIMIT]);
    expect(services).toContainEqual(['catalog.shop.svc.cluster.local', 1]);
  });

  it('leaves room for clients with a certificate, whoever others say that they are', async () => {
    const { host, plugin } = await startServer();
    const honest = await headersOf(WEBAPP);
    for (let n = 0; n < claimed; n++) {
      plugin.call({ attributes: ended(200), requestHeaders: metadataOf(`forged-${n}`) });
    }
    plugin.call({ attributes: { ...MUTUAL_TLS_IN, ...ended(200) }, requestHeaders: honest });
    const workloads = host.metrics
      .series('istio_requests_total')
      .map(({ labels, value }) => [labels['source_workload'], value] as const);
    expect(workloads).toHaveLength(CLAIM_LIMIT + 2);
    expect(workloads).toContainEqual(['unknown', claimed - CLAIM_LIMIT]);
    expect(workloads).toContainEqual(['webapp', 1]);
    expect(host.metrics.total('istio_requests_total')).toBe(claimed + 1);
  });
});

/** Peer metadata that names nothing but a workload. */
function metadataOf(workload: string): Readonly<Record<string, string>> {
  const value = Buffer.concat([Buffer.from([0x1a, workload.length]), Buffer.from(workload)]);
  const name = Buffer.from('\x0a\x0dWORKLOAD_NAME');
  const entry = Buffer.concat([name, Buffer.from([0x12, value.length]), value]);
  const struct = Buffer.concat([Buffer.from([0x0a, entry.length]), entry]);
  return { 'x-envoy-peer-metadata': struct.toString('base64') };
}

describe('the memory of the filter', () => {
  it('is as large after 50,000 streams as it was before', async () => {
    const { host, plugin } = await startServer();
    const requestHeaders = await headersOf(WEBAPP);
    const call = { attributes: { ...catalogCluster(), ...ended(200) }, requestHeaders };
    for (let n = 0; n < 100; n++) plugin.call(call);
    const before = host.memoryBytes;
    for (let n = 0; n < STREAMS; n++) plugin.call(call);
    expect(host.memoryBytes).toBe(before);
    expect(host.metrics.total('istio_requests_total')).toBe(STREAMS + 100);
  });

  it('does not follow the number of clients that ever came', async () => {
    const { host, plugin } = await startServer();
    const body = Buffer.from((await headersOf(WEBAPP))['x-envoy-peer-metadata'] ?? '', 'base64');
    const callFrom = (pod: number) => {
      const name = Buffer.from(`\x0a\x15\x0a\x04NAME\x12\x0d\x1a\x0bpod-${String(pod).padStart(7, '0')}`);
      const metadata = Buffer.concat([body, name]).toString('base64');
      plugin.call({ attributes: ended(200), requestHeaders: { 'x-envoy-peer-metadata': metadata } });
    };
    for (let pod = 0; pod < 3_000; pod++) callFrom(pod);
    const before = host.memoryBytes;
    for (let pod = 3_000; pod < 12_000; pod++) callFrom(pod);
    expect(host.memoryBytes).toBe(before);
    expect(host.metrics.series('istio_requests_total')).toMatchObject([
      { value: 12_000, labels: { source_workload: 'webapp' } },
    ]);
  });

  it('holds a thousand connections at once and gives all of them back', async () => {
    const { host, plugin } = await startServer();
    const openAndClose = (count: number) => {
      const open = Array.from({ length: count }, () =>
        plugin.connect({ ...catalogCluster(), upstream: { address: '10.0.0.2:3001' } }),
      );
      plugin.tick();
      for (const connection of open) connection.close();
    };
    openAndClose(1000);
    const before = host.memoryBytes;
    for (let round = 0; round < 5; round++) openAndClose(1000);
    expect(host.memoryBytes).toBe(before);
    expect(host.metrics.total('istio_tcp_connections_closed_total')).toBe(6000);
  });
});
