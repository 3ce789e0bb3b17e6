import { describe, expect, it } from 'vitest';
import { CATALOG, WEBAPP, catalogCluster, ended, headersOf, startClient, startServer } from './fixtures.js';

const METADATA = 'x-envoy-peer-metadata';
const ID = 'x-envoy-peer-metadata-id';
const FORGED = { [METADATA]: 'Zm9yZ2Vk', [ID]: 'somebody-else' };

describe("the client's proxy", () => {
  it('tells a service of the mesh who it is, as a Struct that Istio can read', async () => {
    const { plugin } = await startClient();
    const { requestHeaders } = plugin.call({ attributes: catalogCluster() });
    expect(requestHeaders[ID]).toBe('sidecar~10.0.0.1~webapp-x1.web~web.svc.cluster.local');
    const bytes = Buffer.from(requestHeaders[METADATA] ?? '', 'base64').toString('latin1');
    // field 1 (entry): key "WORKLOAD_NAME", value string_value "webapp"
    expect(bytes).toContain('\x0a\x19\x0a\x0dWORKLOAD_NAME\x12\x08\x1a\x06webapp');
    expect(bytes).toContain('service.istio.io/canonical-revision');
  });

  it.each([
    ['an external service', catalogCluster({ external: true })],
    ['a cluster of no service', { xds: { cluster_name: 'PassthroughCluster' } }],
    ['no cluster at all', {}],
  ])('tells nothing to %s, and lets nothing of the application through', async (_where, attributes) => {
    const { plugin } = await startClient();
    const { requestHeaders } = plugin.call({ attributes, requestHeaders: { ...FORGED, accept: '*/*' } });
    expect(requestHeaders).toEqual({ accept: '*/*' });
  });

  it('puts its own word in the place of what an application or an outside client claims', async () => {
    const { plugin } = await startClient();
    const { requestHeaders } = plugin.call({ attributes: catalogCluster(), requestHeaders: FORGED });
    expect(requestHeaders).toEqual(await headersOf(WEBAPP));
  });

  it('takes the answer off before its application sees it', async () => {
    const { plugin } = await startClient();
    const responseHeaders = { ...(await headersOf(CATALOG)), server: 'envoy' };
    const outcome = plugin.call({ attributes: catalogCluster(), responseHeaders });
    expect(outcome.responseHeaders).toEqual({ server: 'envoy' });
  });
});

describe("the server's proxy", () => {
  it('takes the headers off before its application sees them, and answers with its own', async () => {
    const { plugin } = await startServer();
    const requestHeaders = { ...(await headersOf(WEBAPP)), accept: '*/*' };
    const outcome = plugin.call({ requestHeaders, responseHeaders: { date: 'today' } });
    expect(outcome.requestHeaders).toEqual({ accept: '*/*' });
    expect(outcome.responseHeaders).toEqual({ ...(await headersOf(CATALOG)), date: 'today' });
  });

  it('tells nothing to a client that told nothing, and lets nothing of its application through', async () => {
    const { plugin } = await startServer();
    const outcome = plugin.call({ responseHeaders: { ...FORGED, date: 'today' } });
    expect(outcome.responseHeaders).toEqual({ date: 'today' });
  });

  it.each([
    ['no base64', '%%%'],
    ['no protobuf', Buffer.from([0x0a, 0xff]).toString('base64')],
    ['a field longer than the header', Buffer.from('\x0a\x7fabc').toString('base64')],
    ['more than anybody would send', 'A'.repeat(20_000)],
  ])('counts a client whose metadata is %s as unknown', async (_what, metadata) => {
    const { host, plugin } = await startServer();
    plugin.call({ attributes: ended(200), requestHeaders: { [METADATA]: metadata, [ID]: 'x' } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      source_workload: 'unknown',
    });
  });
});
