import { expect, test } from 'vitest';
import { HeldClock } from '@istio-ts/testkit';
import { parseManifests, resourceKey, type Resource } from '@istio-ts/config-model';
import type { SourceChange } from '../sources/config-source.js';
import { firstWaitMs, Settler, type SettledChanges } from './settle.js';

function object(kind: string, name: string): Resource {
  const text = `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  const [resource] = parseManifests(text, { file: 'f', source: 's', cluster: 'c' }).resources;
  if (resource === undefined) throw new Error(`${kind} was not read`);
  return resource;
}

function came(resource: Resource): SourceChange {
  return { key: resourceKey(resource), before: undefined, after: resource };
}

function setup(): { clock: HeldClock; settler: Settler; emitted: SettledChanges[]; keys: () => string[][] } {
  const clock = new HeldClock(1_000);
  const emitted: SettledChanges[] = [];
  const settler = new Settler({ clock, afterMs: 100, maxMs: 10_000 }, (settled) => emitted.push(settled));
  const keys = (): string[][] => emitted.map(({ changes }) => changes.map(({ key }) => key));
  return { clock, settler, emitted, keys };
}

const [a, b] = [object('ConfigMap', 'a'), object('ConfigMap', 'b')];

test('after quiet the first change waits a moment, and what comes meanwhile goes with it', () => {
  const { clock, settler, keys } = setup();
  settler.add([came(a)]);
  clock.advance(firstWaitMs - 1);
  settler.add([came(b)]);
  expect(keys()).toEqual([]);
  clock.advance(1);
  expect(keys()).toEqual([['ConfigMap/default/a', 'ConfigMap/default/b']]);
});

test('changes in a storm wait for quiet, and no longer than the limit', () => {
  const { clock, settler, keys } = setup();
  settler.add([came(a)]);
  clock.advance(firstWaitMs);
  for (let round = 0; round < 150; round += 1) {
    settler.add([came(object('ConfigMap', `c${round}`))]);
    clock.advance(90);
  }
  expect(keys().map((batch) => batch.length)).toEqual([1, 112]);
  clock.advance(100);
  expect(keys().map((batch) => batch.length)).toEqual([1, 112, 38]);
});

test('endpoints go at once, past what is waiting', () => {
  const { clock, settler, keys, emitted } = setup();
  settler.add([came(a)]);
  settler.add([came(object('Pod', 'p'))]);
  expect(keys()).toEqual([['Pod/default/p']]);
  expect(emitted[0]?.reasons).toEqual(['endpoint']);
  clock.advance(firstWaitMs);
  expect(keys()).toEqual([['Pod/default/p'], ['ConfigMap/default/a']]);
});

test('endpoints of a ServiceEntry go at once, anything else of it does not', () => {
  const { clock, settler, keys } = setup();
  const entry = (host: string, address: string): Resource => {
    const [resource] = parseManifests(
      `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: shop }
spec:
  hosts: [${host}]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: STATIC
  endpoints: [{ address: ${address} }]
`,
      { file: 'f', source: 's', cluster: 'c' },
    ).resources;
    if (resource === undefined) throw new Error('the ServiceEntry was not read');
    return resource;
  };
  const [first, moved, renamed] = [
    entry('a.shop', '10.0.0.1'),
    entry('a.shop', '10.0.0.2'),
    entry('b.shop', '10.0.0.2'),
  ];
  const key = resourceKey(first);
  settler.add([{ key, before: first, after: moved }]);
  expect(keys()).toEqual([[key]]);
  settler.add([{ key, before: moved, after: renamed }]);
  expect(keys()).toHaveLength(1);
  clock.advance(firstWaitMs);
  expect(keys()).toEqual([[key], [key]]);
});

test('a change that is taken back is none', () => {
  const { clock, settler, keys } = setup();
  settler.add([came(a)]);
  settler.add([{ key: 'ConfigMap/default/a', before: a, after: undefined }]);
  clock.advance(firstWaitMs);
  expect(keys()).toEqual([]);
});
