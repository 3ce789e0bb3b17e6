import { expect, test } from 'vitest';
import { analyzeSnapshot } from './analyze-snapshot.js';
import { Analysis, selectAnswerable } from './analysis.js';
import { objectKey, type AnalyzedObject, type ObjectChange } from './analyzed-object.js';
import { defineAnalyzer } from './analyzer.js';
import { allAnalyzers } from './analyzers.js';
import { finding } from './finding.js';
import { objectsOf, renderShort } from './testing/analyze-text.js';
import { istio, join, namespace, pod, service } from './testing/manifests.js';
import { randomNumbers, randomObject } from './testing/random-mesh.js';

function only(text: string): AnalyzedObject {
  const [object] = objectsOf(text);
  if (object === undefined) throw new Error('no object');
  return object;
}

const virtualService = (name: string, host: string) =>
  istio(
    'VirtualService',
    { name, namespace: 'shop' },
    `{ hosts: [${name}], http: [{ route: [{ destination: { host: ${host} } }] }] }`,
  );

test.each([1, 2, 3, 4, 5])('after any changes the issues are those of a fresh analysis (seed %i)', (seed) => {
  const random = randomNumbers(seed);
  const options = seed % 2 === 0 ? {} : { select: selectAnswerable };
  const analysis = new Analysis({ analyzers: allAnalyzers, ...options });
  const objects = new Map<string, AnalyzedObject>();
  for (let round = 0; round < 60; round += 1) {
    const changes = Array.from({ length: 1 + random(4) }, () => {
      const made = randomObject(random);
      const key = objectKey(made);
      const before = objects.get(key);
      const after = random(4) === 0 ? undefined : made;
      if (after === undefined) objects.delete(key);
      else objects.set(key, after);
      return { before, after };
    });
    const held = new Set(analysis.issues);
    const { raised, cleared } = analysis.apply(changes);
    const fresh = analyzeSnapshot([...objects.values()].reverse(), options);
    expect(analysis.issues).toEqual(fresh.issues);
    expect(held.size + raised.length - cleared.length).toBe(analysis.issues.length);
  }
  expect(analysis.issues.length).toBeGreaterThan(0);
  expect(analysis.issues.filter(({ name }) => name === 'InternalError')).toEqual([]);
});

test('an analyzer has a say from when the kinds that it needs are there until they are gone', () => {
  const [route, catalog] = [
    only(virtualService('a', 'nobody')),
    only(service({ name: 'catalog', namespace: 'shop' }, '{ ports: [{ port: 80 }] }')),
  ];
  const analysis = new Analysis({ analyzers: allAnalyzers, select: selectAnswerable });
  const say = (change: ObjectChange) => {
    analysis.apply([change]);
    const ofFresh = (objects: readonly AnalyzedObject[]) =>
      analyzeSnapshot(objects, { select: selectAnswerable }).issues;
    return { said: analysis.issues.map(renderShort), ofFresh };
  };
  const missing = 'IST0101 VirtualService/shop/a spec.http[0].route[0].destination.host';
  expect(say({ after: route }).said).not.toContain(missing);
  const all = say({ after: catalog });
  expect(all.said).toContain(missing);
  expect(analysis.issues).toEqual(all.ofFresh([catalog, route]));
  expect(say({ before: catalog }).said).not.toContain(missing);
  say({ before: route });
  say({ after: route });
  expect(say({ after: catalog }).said).toContain(missing);
});

test('a large change can be taken in step by step, with the same result', () => {
  const random = randomNumbers(7);
  const objects = new Map(
    Array.from({ length: 200 }, () => randomObject(random)).map((each) => [objectKey(each), each]),
  );
  const changes = [...objects.values()].map((after) => ({ after }));
  const analysis = new Analysis({ analyzers: allAnalyzers });
  const work = analysis.applyInSteps(changes);
  let steps = 0;
  while (work.next().done !== true) steps += 1;
  expect(steps).toBeGreaterThan(3);
  expect(analysis.issues).toEqual(analyzeSnapshot(objects.values()).issues);
});

test('no second change begins while one is under way', () => {
  const analysis = new Analysis({ analyzers: allAnalyzers });
  const objects = Array.from({ length: 40 }, (_, index) => only(namespace(`n${index}`)));
  analysis.applyInSteps(objects.map((after) => ({ after }))).next();
  expect(() => analysis.apply([])).toThrow('begins when the one before has ended');
});

test('when everything is gone nothing is left to say', () => {
  const objects = objectsOf(join(virtualService('a', 'nobody'), namespace('shop')));
  const analysis = analyzeSnapshot(objects);
  expect(analysis.issues.length).toBeGreaterThan(0);
  const { cleared } = analysis.apply(objects.map((before) => ({ before })));
  expect(analysis.issues).toEqual([]);
  expect(cleared.length).toBeGreaterThan(0);
});

test('a change runs only the analyzers that read it, and only for what looked at it', () => {
  const services = ['one', 'two', 'three'].map((name) =>
    service({ name, namespace: 'shop' }, '{ ports: [{ port: 80 }] }'),
  );
  const routes = ['one', 'two', 'three'].map((host) => virtualService(`to-${host}`, host));
  const analysis = analyzeSnapshot(objectsOf(join(...services, ...routes)));
  const before = only(services[1] ?? '');
  const { runs, raised } = analysis.apply([{ before }]);
  expect(raised.map(renderShort)).toEqual([
    'IST0101 VirtualService/shop/to-two spec.http[0].route[0].destination.host',
  ]);
  expect(Object.fromEntries(runs)).toEqual({
    'virtualservice.DestinationHostAnalyzer': 1,
    // These had the Service itself to look at, and end with it.
    'annotations.K8sAnalyzer': 1,
    'conditions.ConditionAnalyzer': 1,
    'service.PortNameAnalyzer': 1,
    'services.MultiClusterServiceAnalyzer': 1,
  });
});

test('what was looked for and not there is looked for again when it comes', () => {
  const analysis = analyzeSnapshot(objectsOf(virtualService('a', 'late')));
  expect(analysis.issues.map(({ code }) => code)).toEqual(['IST0101']);
  const late = only(service({ name: 'late', namespace: 'shop' }, '{ ports: [{ port: 80, name: http }] }'));
  const { cleared } = analysis.apply([{ after: late }]);
  expect(cleared.map(({ code }) => code)).toEqual(['IST0101']);
  expect(analysis.issues).toEqual([]);
});

test('a pod of another label makes no selector look again', () => {
  const gateway = `{ selector: { app: edge }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }`;
  const analysis = analyzeSnapshot(objectsOf(istio('Gateway', { name: 'web' }, gateway)));
  const names = (labels: string) =>
    [...analysis.apply([{ after: only(pod({ name: 'p' }, labels)) }]).runs.keys()].filter((name) =>
      name.startsWith('gateway'),
    );
  expect(names('{ app: other }')).toEqual([]);
  expect(names('{ app: edge }')).toEqual(['gateway.IngressGatewayPortAnalyzer', 'gateway.SecretAnalyzer']);
});

test('issues are in the order of weight, code, object', () => {
  const analysis = analyzeSnapshot(
    objectsOf(join(namespace('a'), virtualService('b', 'x'), virtualService('a', 'x'))),
  );
  expect(analysis.issues.map(renderShort)).toEqual([
    'IST0101 VirtualService/shop/a spec.http[0].route[0].destination.host',
    'IST0101 VirtualService/shop/b spec.http[0].route[0].destination.host',
    'IST0102 Namespace/a',
  ]);
});

test('namespaces of Kubernetes itself are nobody’s business', () => {
  expect(analyzeSnapshot(objectsOf(namespace('kube-system'))).issues).toEqual([]);
});

test('an analyzer that fails is an issue, and the others go on', () => {
  const broken = defineAnalyzer({
    name: 'test.Broken',
    summary: 'fails',
    each: ['Namespace'],
    analyze: () => {
      throw new Error('no luck');
    },
  });
  const working = defineAnalyzer({
    name: 'test.Working',
    summary: 'works',
    each: ['Namespace'],
    analyze: (object) => [finding('NamespaceInjectionEnabledByDefault', object, {})],
  });
  const analysis = analyzeSnapshot(objectsOf(namespace('a')), { analyzers: [broken, working] });
  expect(analysis.issues.map(({ code }) => code)).toEqual(['IST0001', 'IST0148']);
  expect(analysis.issues[0]?.message).toContain('test.Broken at Namespace//a@Kubernetes: no luck');
});

test('an analyzer cannot look at a kind that it does not declare', () => {
  const curious = defineAnalyzer({
    name: 'test.Curious',
    summary: 'looks at what it did not say',
    each: ['Namespace'],
    analyze: (_, world) => world.all('Pod').map((each) => finding('InvalidApplicationUID', each, {})),
  });
  const [issue] = analyzeSnapshot(objectsOf(namespace('a')), { analyzers: [curious] }).issues;
  expect(issue?.message).toContain('test.Curious declares that it reads Pod');
});
