import { fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import { StructSchema } from '@bufbuild/protobuf/wkt';
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
    expect(decodeStruct(requestHeaders[METADATA])).toEqual({
      NAME: 'webapp-x1',
      NAMESPACE: 'web',
      WORKLOAD_NAME: 'webapp',
      CLUSTER_ID: 'Kubernetes',
      MESH_ID: 'cluster.local',
      ISTIO_VERSION: '1.13.0',
      LABELS: {
        app: 'webapp',
        version: 'v1',
        'service.istio.io/canonical-name': 'webapp',
        'service.istio.io/canonical-revision': 'v1',
      },
    });
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

  it('understands all that another implementation may put into the Struct', async () => {
    const { host, plugin } = await startServer();
    const metadata = encodeStruct({
      INSTANCE_IPS: ['10.0.0.1', 'fe80::1'],
      PROXY_CONFIG: { concurrency: 2, holdApplicationUntilProxyStarts: true, tracing: null },
      NAMESPACE: 'web',
      CLUSTER_ID: 7,
      LABELS: { 'pod-template-hash': '5d9c', app: 'webapp' },
      WORKLOAD_NAME: 'webapp',
    });
    plugin.call({ attributes: ended(200), requestHeaders: { [METADATA]: metadata } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      source_workload: 'webapp',
      source_workload_namespace: 'web',
      source_canonical_service: 'webapp',
      source_canonical_revision: 'latest',
      source_app: 'webapp',
      source_version: 'unknown',
      source_cluster: 'unknown',
    });
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

type JsonObject = ReturnType<typeof toJson<typeof StructSchema>>;

/** Protobuf as somebody else writes and reads it. */
function encodeStruct(value: JsonObject): string {
  return Buffer.from(toBinary(StructSchema, fromJson(StructSchema, value))).toString('base64');
}

function decodeStruct(header = ''): JsonObject {
  return toJson(StructSchema, fromBinary(StructSchema, Buffer.from(header, 'base64')));
}
