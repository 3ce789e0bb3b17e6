import { expect, test } from 'vitest';
import { readFeed, serviceManifest, startIstiod } from '../testing/test-istiod.js';

const route = (host: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: default }
spec:
  hosts: [catalog]
  http:
  - route: [{ destination: { host: ${host} } }]
`;

const found = {
  code: 'IST0101',
  severity: 'error',
  message: 'Referenced host not found: "catalogue"',
  resource: { kind: 'VirtualService', namespace: 'default', name: 'catalog' },
  path: 'spec.http[0].route[0].destination.host',
};

test('a mistake is told after the change that makes it, is among the issues, and is gone when it is mended', async () => {
  const istiod = await startIstiod({}, { 'catalog.yaml': serviceManifest('catalog') });
  const feed = await readFeed(istiod.monitoringPort);
  const issues = async (): Promise<unknown> => JSON.parse(await istiod.page('/debug/issues'));

  await istiod.write('route.yaml', route('catalogue'));
  expect(await feed.next()).toMatchObject({ state: 'live', issues: [], objects: [{ op: 'created' }] });
  expect(await feed.next()).toMatchObject({ raised: [found], cleared: [] });
  expect(await issues()).toMatchObject([found]);

  await istiod.write('route.yaml', route('catalog'));
  expect(await feed.next()).toMatchObject({ state: 'live', issues: [], objects: [{ op: 'changed' }] });
  expect(await feed.next()).toMatchObject({ raised: [], cleared: [found] });
  expect(await issues()).toEqual([]);
});

test('what is wrong at the start is among the issues as soon as somebody asks', async () => {
  const istiod = await startIstiod(
    {},
    { 'catalog.yaml': serviceManifest('catalog'), 'route.yaml': route('catalogue') },
  );
  expect(JSON.parse(await istiod.page('/debug/issues'))).toMatchObject([found]);
});

test('a warning of reading is told as a mistake of several objects is', async () => {
  const istiod = await startIstiod({}, { 'catalog.yaml': serviceManifest('catalog') });
  const feed = await readFeed(istiod.monitoringPort);
  const weighed = (weight: number): string => {
    const destination = `{ destination: { host: catalog }, weight: ${weight} }`;
    return route('catalog').replace(/route: .*/u, `route: [${destination}, ${destination}]`);
  };
  await istiod.write('route.yaml', weighed(40));
  expect(await feed.next()).toMatchObject({ objects: [{ op: 'created' }] });
  expect(await feed.next()).toMatchObject({ raised: [{ code: 'IST0133', severity: 'warning' }] });
  await istiod.write('route.yaml', weighed(50));
  expect(await feed.next()).toMatchObject({ objects: [{ op: 'changed' }] });
  expect(await feed.next()).toMatchObject({ cleared: [{ code: 'IST0133' }] });
});
