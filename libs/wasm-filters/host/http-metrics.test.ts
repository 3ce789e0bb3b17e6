import { describe, expect, it } from 'vitest';
import {
  CATALOG,
  CATALOG_URI,
  MUTUAL_TLS_IN,
  MUTUAL_TLS_OUT,
  WEBAPP,
  WEBAPP_URI,
  catalogCluster,
  ended,
  endpointOf,
  headersOf,
  startClient,
  startServer,
} from './fixtures.js';

const SOURCE = {
  source_workload: 'webapp',
  source_canonical_service: 'webapp',
  source_canonical_revision: 'v1',
  source_workload_namespace: 'web',
  source_app: 'webapp',
  source_version: 'v1',
  source_cluster: 'Kubernetes',
};
const DESTINATION = {
  destination_workload: 'catalog-v2',
  destination_canonical_service: 'catalog',
  destination_canonical_revision: 'v2',
  destination_workload_namespace: 'shop',
  destination_app: 'catalog',
  destination_version: 'v2',
  destination_cluster: 'Kubernetes',
};
const SERVICE = {
  destination_service: 'catalog.shop.svc.cluster.local',
  destination_service_name: 'catalog',
  destination_service_namespace: 'shop',
};
const PRINCIPALS = { source_principal: WEBAPP_URI, destination_principal: CATALOG_URI };
const PLAIN_OK = {
  request_protocol: 'http',
  response_code: '200',
  grpc_response_status: '',
  response_flags: '-',
};

describe('the HTTP metrics of a server', () => {
  it('bear exactly the standard labels, with the client as the exchange headers tell it', async () => {
    const { host, plugin } = await startServer();
    const requestHeaders = await headersOf(WEBAPP);
    plugin.call({ attributes: { ...MUTUAL_TLS_IN, ...catalogCluster(), ...ended(200) }, requestHeaders });
    const series = host.metrics.series('istio_requests_total');
    expect(series).toEqual([
      {
        metric: 'istio_requests_total',
        value: 1,
        count: 1,
        labels: {
          reporter: 'destination',
          ...SOURCE,
          ...DESTINATION,
          ...SERVICE,
          ...PRINCIPALS,
          ...PLAIN_OK,
          connection_security_policy: 'mutual_tls',
        },
      },
    ]);
  });

  it('tell duration in milliseconds, and both sizes, under the same labels', async () => {
    const { host, plugin } = await startServer();
    for (let call = 0; call < 3; call++) plugin.call({ attributes: { ...catalogCluster(), ...ended(200) } });
    const sums = ['istio_request_duration_milliseconds', 'istio_request_bytes', 'istio_response_bytes'].map(
      (metric) => host.metrics.series(metric).map(({ value, count }) => ({ value, count })),
    );
    expect(sums).toEqual([
      [{ value: 75, count: 3 }],
      [{ value: 900, count: 3 }],
      [{ value: 3600, count: 3 }],
    ]);
  });

  it('say unknown for a client that tells nothing, and none where no certificate was shown', async () => {
    const { host, plugin } = await startServer();
    plugin.call({ attributes: { ...catalogCluster(), ...ended(200) } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      source_workload: 'unknown',
      source_canonical_service: 'unknown',
      source_canonical_revision: 'latest',
      source_workload_namespace: 'unknown',
      source_principal: 'unknown',
      source_app: 'unknown',
      source_cluster: 'unknown',
      destination_principal: 'unknown',
      connection_security_policy: 'none',
    });
  });

  it('know the namespace of a silent client from its certificate', async () => {
    const { host, plugin } = await startServer();
    plugin.call({ attributes: { ...MUTUAL_TLS_IN, ...catalogCluster(), ...ended(200) } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      source_workload: 'unknown',
      source_workload_namespace: 'web',
      source_principal: WEBAPP_URI,
    });
  });

  it('do not believe headers that claim another namespace than the certificate', async () => {
    const { host, plugin } = await startServer();
    const requestHeaders = await headersOf({ ...WEBAPP, namespace: 'payments' });
    plugin.call({ attributes: { ...MUTUAL_TLS_IN, ...catalogCluster(), ...ended(200) }, requestHeaders });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      source_workload: 'unknown',
      source_workload_namespace: 'web',
    });
  });

  it('count a request that an earlier filter refused, with its client', async () => {
    const { host, plugin } = await startServer();
    const requestHeaders = await headersOf(WEBAPP);
    plugin.call({ attributes: { ...catalogCluster(), ...ended(403) }, requestHeaders, refusedEarlier: true });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      source_workload: 'webapp',
      response_code: '403',
    });
  });

  it('never take the service from the host header where the configuration forbids it', async () => {
    const { host, plugin } = await startServer();
    plugin.call({
      attributes: { xds: { cluster_name: 'InboundPassthroughCluster' }, ...ended(200) },
      requestHeaders: { ':authority': 'made.up' },
    });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      destination_service: 'unknown',
      destination_service_name: 'InboundPassthroughCluster',
      destination_service_namespace: 'shop',
    });
  });
});

describe('the HTTP metrics of a client', () => {
  it('bear exactly the standard labels, with the server as its response headers tell it', async () => {
    const { host, plugin } = await startClient();
    const responseHeaders = await headersOf(CATALOG);
    const attributes = { ...MUTUAL_TLS_OUT, ...catalogCluster(), ...ended(200) };
    plugin.call({ attributes, responseHeaders });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toEqual({
      reporter: 'source',
      ...SOURCE,
      ...DESTINATION,
      ...SERVICE,
      ...PRINCIPALS,
      ...PLAIN_OK,
      connection_security_policy: 'unknown',
    });
  });

  it('know a silent server from the metadata of its endpoint', async () => {
    const { host, plugin } = await startClient();
    const endpoint = endpointOf('catalog-v2;shop;catalog;;east');
    plugin.call({ attributes: { ...catalogCluster({}, endpoint), ...ended(200) } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      destination_workload: 'catalog-v2',
      destination_workload_namespace: 'shop',
      destination_canonical_service: 'catalog',
      destination_canonical_revision: 'latest',
      destination_cluster: 'east',
      destination_app: 'unknown',
      destination_principal: 'unknown',
    });
  });

  it('name the service and its namespace also when no endpoint was there', async () => {
    const { host, plugin } = await startClient();
    plugin.call({ attributes: { ...catalogCluster(), ...ended(503, { flags: 2 }) } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      ...SERVICE,
      destination_workload: 'unknown',
      response_code: '503',
      response_flags: 'UH',
    });
  });

  it('take the service from the host header where the cluster tells nothing', async () => {
    const { host, plugin } = await startClient();
    plugin.call({
      attributes: { xds: { cluster_name: 'PassthroughCluster' }, ...ended(200) },
      requestHeaders: { ':authority': 'api.example.com' },
    });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      destination_service: 'api.example.com',
      destination_service_name: 'PassthroughCluster',
      destination_service_namespace: 'unknown',
    });
  });

  it('show all flags of a response, and code 0 where there was no response', async () => {
    const { host, plugin } = await startClient();
    plugin.call({ attributes: { ...catalogCluster(), response: { flags: (1 << 5) | (1 << 15) } } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      response_code: '0',
      response_flags: 'UF,URX',
    });
  });

  it('cannot be broken by a host header that looks like labels', async () => {
    const { host, plugin } = await startClient();
    const authority = 'x;.;response_code=.=200;.;\n"';
    plugin.call({ attributes: ended(404), requestHeaders: { ':authority': authority } });
    expect(host.metrics.series('istio_requests_total')).toMatchObject([
      {
        metric: 'istio_requests_total',
        labels: { destination_service: 'x_._response_code=.=200_.__"', response_code: '404' },
      },
    ]);
  });
});

describe('a gRPC call', () => {
  const grpc = { ...catalogCluster(), ...ended(200, { grpc_status: 5 }) };

  it.each(['application/grpc', 'application/grpc+proto'])('is told by content type %s', async (type) => {
    const { host, plugin } = await startClient();
    plugin.call({ attributes: grpc, requestHeaders: { 'content-type': type } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      request_protocol: 'grpc',
      grpc_response_status: '5',
    });
  });

  it.each(['application/json', 'application/grpc-web'])('is not one of content type %s', async (type) => {
    const { host, plugin } = await startClient();
    plugin.call({ attributes: grpc, requestHeaders: { 'content-type': type } });
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      request_protocol: 'http',
      grpc_response_status: '',
    });
  });
});
