import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as configModel from '@istio-ts/config-model';
import { serviceManifest, startIstiod } from '@istio-ts/istiod/testing';
import { eventually, tempDir } from '@istio-ts/testkit';
import { TypeUrl } from '@istio-ts/xds-protocol';
import { cluster, endpoint, route } from '@istio-ts/xds-types';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SimulatedProxy } from './simulated-proxy.js';

/** Parsing goes on as it is, and is counted. */
vi.mock('@istio-ts/config-model', async (load) => {
  const actual = await load<typeof configModel>();
  return { ...actual, parseManifests: vi.fn(actual.parseManifests) };
});

/** How often messages of the outbound configuration are encoded from now on, encoding as it is. */
function countEncodes(): () => number {
  const counters = [
    vi.spyOn(cluster.Cluster, 'encode'),
    vi.spyOn(endpoint.ClusterLoadAssignment, 'encode'),
    vi.spyOn(route.RouteConfiguration, 'encode'),
    vi.spyOn(route.VirtualHost, 'encode'),
  ];
  onTestFinished(() => counters.forEach((counter) => counter.mockRestore()));
  return () => counters.reduce((sum, { mock }) => sum + mock.calls.length, 0);
}

const [catalog, forum] = ['catalog', 'forum'].map((name) => `outbound|80||${name}.default.svc.cluster.local`);
const files = {
  'catalog.yaml': serviceManifest('catalog', '10.0.1.1'),
  'forum.yaml': serviceManifest('forum', '10.0.2.1'),
};

test('proxies of one class share one encoding: ten more of them encode nothing more', async () => {
  const istiod = await startIstiod({}, files);
  const count = countEncodes();
  await SimulatedProxy.start(istiod.grpcPort, 'first');
  const forOne = count();
  expect(forOne).toBeGreaterThan(0);
  const others = Array.from({ length: 10 }, (_, index) => `more-${index}`);
  await Promise.all(others.map((name) => SimulatedProxy.start(istiod.grpcPort, name)));
  expect(count()).toBe(forOne);
});

test('one changed endpoint is one load assignment, to those who hold it and to nobody else', async () => {
  const istiod = await startIstiod({}, files);
  const [holder, other] = await Promise.all(
    ['holder', 'other'].map((name) => SimulatedProxy.start(istiod.grpcPort, name)),
  );
  if (holder === undefined || other === undefined) throw new Error('two proxies were started');
  other.unsubscribe(TypeUrl.Endpoint, [catalog ?? '']);
  const count = countEncodes();
  await istiod.write('catalog.yaml', serviceManifest('catalog', '10.0.1.9'));
  const { typeUrl, resources, removed } = await holder.next();
  expect([typeUrl, resources.map(({ name }) => name), removed]).toEqual([TypeUrl.Endpoint, [catalog], []]);
  expect(count()).toBe(1);
  // What comes next to the other is about the next change: there was nothing before it.
  await istiod.write('forum.yaml', serviceManifest('forum', '10.0.2.9'));
  expect((await other.next()).resources.map(({ name }) => name)).toEqual([forum]);
});

test('of a thousand files the one that changed is parsed, and no other', async () => {
  const folder = join(await tempDir(), 'thousand');
  await mkdir(folder);
  for (let index = 0; index < 1000; index += 1) {
    const name = `note-${index}`;
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: b }\n`;
    await writeFile(join(folder, `${name}.yaml`), text);
  }
  const istiod = await startIstiod({ configDirs: [folder] });
  // What was read is kept on disk behind: the folder can go when that is done.
  const kept = join(istiod.dataDir, 'last-good');
  await eventually(async () => expect(await readdir(kept)).toHaveLength(1000));
  const parse = vi.mocked(configModel.parseManifests);
  const parsed = (): readonly string[] => parse.mock.calls.map(([, { file }]) => file);
  const changed = join(folder, 'note-500.yaml');
  await eventually(() => expect(parsed().filter((file) => file.startsWith(folder))).toHaveLength(1000));
  parse.mockClear();
  await writeFile(changed, serviceManifest('new'));
  await eventually(async () => expect(await istiod.page('/debug/registryz')).toContain('new.default'));
  expect(new Set(parsed())).toEqual(new Set([changed]));
});
