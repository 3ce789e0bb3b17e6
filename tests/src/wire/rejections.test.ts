import {
  connect,
  nodeBytes,
  serviceManifest,
  SotwTestStream,
  startIstiod,
  type TestIstiod,
} from '@istio-ts/istiod/testing';
import { eventually } from '@istio-ts/testkit';
import { TypeUrl, type SotwResponse } from '@istio-ts/xds-protocol';
import { cluster, route } from '@istio-ts/xds-types';
import { expect, test } from 'vitest';
import { SimulatedProxy } from './simulated-proxy.js';

const { Cluster, Endpoint, Listener, Route } = TypeUrl;

function timeout(host: string, seconds: number): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${host}, namespace: default }
spec:
  hosts: [${host}]
  http: [{ timeout: ${seconds}s, route: [{ destination: { host: ${host} } }] }]
`;
}

/** All calls of s1 to one subset, and that subset alone. */
function toSubset(subset: string): string {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: s1, namespace: default }
spec: { host: s1, subsets: [{ name: ${subset} }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: s1, namespace: default }
spec:
  hosts: [s1]
  http: [{ route: [{ destination: { host: s1, subset: ${subset} } }] }]
`;
}

const clusterOf = (subset: string): string => `outbound|80|${subset}|s1.default.svc.cluster.local`;

interface Status {
  readonly proxy: string;
  readonly rejected?: readonly Readonly<Record<string, unknown>>[];
}

async function rejectedBy(istiod: TestIstiod, name: string): Promise<Status['rejected']> {
  const all = JSON.parse(await istiod.page('/debug/syncz')) as readonly Status[];
  return all.find(({ proxy }) => proxy === `${name}.default`)?.rejected;
}

test('a rejected resource is named, with its object and the words of the proxy, and the others go on', async () => {
  const istiod = await startIstiod({}, { 's1.yaml': serviceManifest('s1') });
  const strict = await SimulatedProxy.start(istiod.grpcPort, 'strict');
  const easy = await SimulatedProxy.start(istiod.grpcPort, 'easy');
  await istiod.write('rule.yaml', timeout('s1', 1));
  await strict.rejectNext('no such timeout');
  await easy.next();
  const status = await eventually(async () => {
    const all = JSON.parse(await istiod.page('/debug/syncz')) as readonly Record<string, unknown>[];
    const found = all.find(({ proxy }) => proxy === 'strict.default');
    expect(found?.['rejected']).toBeDefined();
    return { strict: found, easy: all.find(({ proxy }) => proxy === 'easy.default') };
  });
  expect(status.strict?.['rejected']).toEqual([
    { type: 'RDS', name: '80', objects: ['VirtualService/default/s1'], message: 'no such timeout' },
  ]);
  expect(status.easy).not.toHaveProperty('rejected');
  // The next version of it is tried again, and what was rejected is forgotten.
  await istiod.write('rule.yaml', timeout('s1', 2));
  await Promise.all([strict.next(), easy.next()]);
  await eventually(async () => expect(await istiod.page('/debug/syncz')).not.toContain('rejected'));
});

test('of many objects in one resource the one that changed is named, also when the next change of another is rejected too', async () => {
  const files = Object.fromEntries(
    ['s1', 's2', 's3'].flatMap((name) => [
      [`${name}.yaml`, serviceManifest(name)],
      [`${name}-rule.yaml`, timeout(name, 1)],
    ]),
  );
  const istiod = await startIstiod({}, files);
  const proxy = await SimulatedProxy.start(istiod.grpcPort, 'strict');
  const rejects = async (file: string, text: string, objects: readonly string[]): Promise<void> => {
    await istiod.write(file, text);
    await proxy.rejectNext('no');
    const rejected = { type: 'RDS', name: '80', objects, message: 'no' };
    await eventually(async () => expect(await rejectedBy(istiod, 'strict')).toEqual([rejected]));
  };
  await rejects('s2-rule.yaml', timeout('s2', 2), ['VirtualService/default/s2']);
  await rejects('s3-rule.yaml', timeout('s3', 2), ['VirtualService/default/s2', 'VirtualService/default/s3']);
  expect(await istiod.page('/debug/issues')).toContain(
    'made of VirtualService/default/s2, VirtualService/default/s3',
  );
  await istiod.write('s2-rule.yaml', timeout('s2', 3));
  await proxy.next();
  await rejects('s1-rule.yaml', timeout('s1', 2), ['VirtualService/default/s1']);
});

test('the cluster that the last good route names stays until the proxy takes a newer route', async () => {
  const istiod = await startIstiod({}, { 's1.yaml': serviceManifest('s1'), 'rule.yaml': toSubset('v1') });
  const proxy = await SimulatedProxy.start(istiod.grpcPort, 'strict');
  await istiod.write('rule.yaml', toSubset('v2'));
  const clusters = await proxy.next();
  expect([clusters.resources.map(({ name }) => name), clusters.removed]).toEqual([[clusterOf('v2')], []]);
  expect((await proxy.rejectNext('no')).typeUrl).toBe(Route);
  await eventually(async () => expect(await rejectedBy(istiod, 'strict')).toHaveLength(1));
  // What comes next is about the next change: nothing was removed before it.
  await istiod.write('s1.yaml', serviceManifest('s1', '10.0.1.9'));
  expect((await proxy.next()).typeUrl).toBe(Endpoint);
  await istiod.write('rule.yaml', toSubset('v3'));
  expect((await proxy.next()).removed).toEqual([]);
  expect((await proxy.next()).typeUrl).toBe(Route);
  const last = await proxy.next();
  expect([last.typeUrl, [...last.removed].sort()]).toEqual([Cluster, [clusterOf('v1'), clusterOf('v2')]]);
});

/** A proxy of a state-of-the-world stream that takes turns by hand. */
class WorldProxy {
  private constructor(private readonly stream: SotwTestStream) {}

  static async start(port: number): Promise<WorldProxy> {
    const proxy = new WorldProxy(new SotwTestStream(connect(port)));
    for (const request of [{ typeUrl: Cluster }, { typeUrl: Listener }, { typeUrl: Route, names: ['80'] }]) {
      proxy.stream.send({ ...request, node: nodeBytes('world') });
      await proxy.take();
    }
    return proxy;
  }

  async take(message?: string): Promise<SotwResponse> {
    const response = await this.stream.next();
    const { typeUrl, nonce, version } = response;
    const names = typeUrl === Route ? ['80'] : [];
    if (message === undefined) this.stream.send({ typeUrl, nonce, version, names });
    else this.stream.send({ typeUrl, nonce, names, error: { code: 13, message } });
    return response;
  }
}

const clustersIn = ({ resources }: SotwResponse): readonly string[] =>
  resources
    .map((bytes) => cluster.Cluster.decode(bytes).name)
    .filter((name) => name.includes('s1.'))
    .sort();

test('a state-of-the-world proxy keeps it too, and of what it rejects the bad resource is named', async () => {
  const istiod = await startIstiod({}, { 's1.yaml': serviceManifest('s1'), 'rule.yaml': toSubset('v1') });
  const proxy = await WorldProxy.start(istiod.grpcPort);
  await istiod.write('rule.yaml', toSubset('v2'));
  expect(clustersIn(await proxy.take())).toEqual(['v1', 'v2', ''].map(clusterOf));
  const { resources } = await proxy.take('no');
  expect(resources.map((bytes) => route.RouteConfiguration.decode(bytes).name)).toEqual(['80']);
  await eventually(async () =>
    expect(await rejectedBy(istiod, 'world')).toMatchObject([
      { type: 'RDS', name: '80', objects: ['VirtualService/default/s1'] },
    ]),
  );
  await istiod.write('rule.yaml', toSubset('v3'));
  expect(clustersIn(await proxy.take())).toEqual(['v1', 'v2', 'v3', ''].map(clusterOf));
  expect((await proxy.take()).typeUrl).toBe(Route);
  expect(clustersIn(await proxy.take())).toEqual(['v3', ''].map(clusterOf));
});
