import { expect, test } from 'vitest';
import { eventually } from '@istio-ts/testkit';
import { TypeUrl, type DeltaResponse } from '@istio-ts/xds-protocol';
import {
  connect,
  DeltaTestStream,
  nodeBytes,
  readFeed,
  serviceManifest,
  SotwTestStream,
  startIstiod,
} from './testing/test-istiod.js';

const { Cluster, Endpoint, Listener, Route } = TypeUrl;
const catalog = 'outbound|80||catalog.default.svc.cluster.local';
const forum = 'outbound|81||forum.default.svc.cluster.local';
const files = {
  'catalog.yaml': serviceManifest('catalog'),
  'forum.yaml': serviceManifest('forum', '10.0.2.1', 81),
};

/** Opens a stream and takes everything that a proxy asks for. */
async function sync(
  port: number,
  name = 'web',
): Promise<{ stream: DeltaTestStream; first: DeltaResponse[] }> {
  const stream = new DeltaTestStream(connect(port));
  const take = async (): Promise<DeltaResponse> => {
    const response = await stream.next();
    stream.ack(response);
    return response;
  };
  stream.send({ typeUrl: Cluster, node: nodeBytes(name) });
  const clusters = await take();
  stream.send({ typeUrl: Endpoint, subscribe: [catalog, forum] });
  const endpoints = await take();
  stream.send({ typeUrl: Listener });
  const listeners = await take();
  stream.send({ typeUrl: Route, subscribe: ['80', '81'] });
  return { stream, first: [clusters, endpoints, listeners, await take()] };
}

function versions({ resources }: DeltaResponse): ReadonlyMap<string, string> {
  return new Map(resources.map(({ name, version }) => [name, version]));
}

/** Nothing came in the time in which something would have. */
async function expectQuiet(stream: { readonly received: readonly unknown[] }): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(stream.received).toEqual([]);
}

test('a folder of manifests reaches a delta client as clusters, load assignments, listeners and routes', async () => {
  const istiod = await startIstiod({}, files);
  const { first } = await sync(istiod.grpcPort);
  const [clusters, endpoints, listeners, routes] = first.map(({ resources }) =>
    resources.map(({ name }) => name),
  );
  expect(clusters).toEqual(
    expect.arrayContaining(['BlackHoleCluster', 'PassthroughCluster', catalog, forum]),
  );
  expect(endpoints).toEqual([catalog, forum]);
  expect(listeners).toEqual(expect.arrayContaining(['virtualOutbound', 'virtualInbound', '0.0.0.0_80']));
  expect(routes).toEqual(['80', '81']);
});

test('a proxy that reconnects and holds everything is sent nothing', async () => {
  const istiod = await startIstiod({}, files);
  const { stream, first } = await sync(istiod.grpcPort);
  stream.close();
  const again = new DeltaTestStream(connect(istiod.grpcPort));
  const [clusters, endpoints, listeners, routes] = first;
  const state = [clusters, endpoints, listeners, routes].filter((response) => response !== undefined);
  state.forEach((response, index) => {
    const wildcard = response.typeUrl === Cluster || response.typeUrl === Listener;
    again.send({
      typeUrl: response.typeUrl,
      subscribe: wildcard ? [] : response.resources.map(({ name }) => name),
      initialVersions: versions(response),
      ...(index === 0 && { node: nodeBytes() }),
    });
  });
  await eventually(async () => expect(await istiod.page('/debug/syncz')).toContain('web.default'));
  await expectQuiet(again);
});

test('one changed endpoint sends one load assignment, and the change is reported live', async () => {
  const istiod = await startIstiod({}, files);
  const { stream } = await sync(istiod.grpcPort);
  const feed = await readFeed(istiod.monitoringPort);
  await istiod.write('catalog.yaml', serviceManifest('catalog', '10.0.1.2'));
  const change = await stream.next();
  expect([change.typeUrl, change.resources.map(({ name }) => name), change.removed]).toEqual([
    Endpoint,
    [catalog],
    [],
  ]);
  stream.ack(change);
  await expectQuiet(stream);
  expect(await feed.next()).toMatchObject({
    objects: [{ kind: 'EndpointSlice', namespace: 'default', name: 'catalog-1', op: 'changed' }],
    state: 'live',
    proxies: { acked: 1, total: 1 },
  });
});

test('a change that no proxy sees sends nothing', async () => {
  const istiod = await startIstiod({}, files);
  const { stream } = await sync(istiod.grpcPort);
  const feed = await readFeed(istiod.monitoringPort);
  await istiod.write(
    'note.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: note }\ndata: { a: b }\n',
  );
  expect(await feed.next()).toMatchObject({ state: 'live', proxies: { acked: 0, total: 0 } });
  await expectQuiet(stream);
});

test('a service that comes and goes: cluster, load assignment, listener and route, and the cluster last to go', async () => {
  const istiod = await startIstiod({}, files);
  const { stream } = await sync(istiod.grpcPort);
  await istiod.write('new.yaml', serviceManifest('new', '10.0.3.1', 80));
  const added = await stream.next();
  expect(added.resources.map(({ name }) => name)).toEqual(['outbound|80||new.default.svc.cluster.local']);
  stream.send({ typeUrl: Endpoint, subscribe: ['outbound|80||new.default.svc.cluster.local'] });
  const assignment = await stream.next();
  expect(assignment.typeUrl).toBe(Endpoint);
  stream.ack(assignment);
  expect(stream.received).toEqual([]);
  stream.ack(added);
  const route = await stream.next();
  expect([route.typeUrl, route.resources.map(({ name }) => name)]).toEqual([Route, ['80']]);
  stream.ack(route);
  await istiod.write('new.yaml', '# nothing any more\n');
  const routeBack = await stream.next();
  expect(routeBack.typeUrl).toBe(Route);
  await expectQuiet(stream);
  stream.ack(routeBack);
  const removal = await stream.next();
  expect([removal.typeUrl, removal.removed]).toEqual([
    Cluster,
    ['outbound|80||new.default.svc.cluster.local'],
  ]);
});

test('a rejected resource is found, reported with the object behind it, and alone held back', async () => {
  const istiod = await startIstiod({}, files);
  const { stream } = await sync(istiod.grpcPort);
  const feed = await readFeed(istiod.monitoringPort);
  await istiod.write(
    'vs.yaml',
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: default }
spec:
  hosts: [catalog]
  http: [{ timeout: 3s, route: [{ destination: { host: catalog } }] }]
`,
  );
  const change = await stream.next();
  expect(change.resources.map(({ name }) => name)).toEqual(['80']);
  stream.send({ typeUrl: Route, nonce: change.nonce, error: { code: 13, message: 'Envoy says no' } });
  const report = await feed.next();
  expect(report).toMatchObject({
    state: 'rejected',
    proxies: { acked: 0, total: 1, rejected: [{ proxy: 'web.default', message: 'Envoy says no' }] },
  });
  await expectQuiet(stream);
  const issues = JSON.parse(await istiod.page('/debug/issues')) as { code: string; message: string }[];
  const rejected = issues.filter(({ code }) => code === 'PROXY_REJECTED');
  expect(rejected).toMatchObject([
    { resource: { kind: 'VirtualService', namespace: 'default', name: 'catalog' } },
  ]);
  expect(rejected[0]?.message).toContain('web.default, where the last good one stays: Envoy says no');
  expect(await istiod.page('/metrics')).toContain('pilot_total_xds_rejects{type="rds"} 1');
});

test('state of the world serves the same', async () => {
  const istiod = await startIstiod({}, files);
  const stream = new SotwTestStream(connect(istiod.grpcPort));
  stream.send({ typeUrl: Cluster, node: nodeBytes() });
  const clusters = await stream.next();
  expect(clusters.resources.length).toBeGreaterThanOrEqual(5);
  stream.send({ typeUrl: Cluster, nonce: clusters.nonce, version: clusters.version });
  stream.send({ typeUrl: Endpoint, names: [catalog, 'outbound|1||ghost'] });
  const endpoints = await stream.next();
  expect(endpoints.resources).toHaveLength(2);
});

test('a broken manifest is reported with file and line, and everything else goes on', async () => {
  const istiod = await startIstiod({}, files);
  const feed = await readFeed(istiod.monitoringPort);
  await istiod.write(
    'broken.yaml',
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: x }\nspec: { hostz: [a] }\n',
  );
  const report = await feed.next();
  expect(report).toMatchObject({
    state: 'rejected',
    objects: [{ kind: 'VirtualService', name: 'x', op: 'refused' }],
  });
  const issues = JSON.parse(await istiod.page('/debug/issues')) as { position?: { line?: number } }[];
  expect(issues[0]?.position?.line).toBe(4);
});

test('the pages answer: readiness, version, metrics and debug', async () => {
  const istiod = await startIstiod({}, files);
  await sync(istiod.grpcPort);
  expect(await istiod.page('/ready')).toBe('ready\n');
  expect(await istiod.page('/version')).toContain('1.29.0');
  const metrics = await istiod.page('/metrics');
  for (const line of ['pilot_services 2', 'pilot_xds_pushes{type="cds"} 1', 'citadel_server_csr_count 0']) {
    expect(metrics).toContain(line);
  }
  const [status] = JSON.parse(await istiod.page('/debug/syncz')) as Record<string, string>[];
  expect(status?.['proxy']).toBe('web.default');
  expect(status?.['cluster_sent']).toBe(status?.['cluster_acked']);
  expect(await istiod.page('/debug/registryz')).toContain('catalog.default.svc.cluster.local');
  expect(await istiod.page('/debug/configz')).toContain('"EndpointSlice"');
  expect(await istiod.page('/debug/endpointz?brief')).toContain('10.0.1.1');
  expect(await istiod.page('/debug/config_dump?proxyID=web.default')).toContain(
    'type.googleapis.com/envoy.admin.v3.RoutesConfigDump',
  );
  expect(await istiod.page('/debug/config_dump?proxyID=nobody')).toContain('no proxy');
  expect(await istiod.page('/debug/root-cert')).toContain('BEGIN CERTIFICATE');
  expect(await istiod.page('/debug/connections')).toContain('totalClients');
});

test('a taken port is one message that names the option', async () => {
  const first = await startIstiod();
  const taken = { host: '127.0.0.1', port: first.grpcPort };
  await expect(startIstiod({ grpcAddress: taken })).rejects.toThrow(
    `cannot listen on 127.0.0.1:${first.grpcPort}: the address is taken; end the program that has it (is another istiod running?) or choose another one with --grpc-addr`,
  );
  await expect(startIstiod({ httpAddress: taken })).rejects.toThrow('choose another one with --http-addr');
});
