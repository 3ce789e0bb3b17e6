import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ObjectChange } from '@istio-ts/config-analysis';
import { defaultMeshConfig, parseManifests } from '@istio-ts/config-model';
import { noMetrics, silentLogger, type Issue } from '@istio-ts/foundation';
import { HeldClock } from '@istio-ts/testkit';
import { expect, test } from 'vitest';
import type { IssueDifference } from './issue-difference.js';
import { MeshAnalysis } from './mesh-analysis.js';

function route(name: string, host: string, times = 1): ObjectChange {
  const rule = `{ route: [{ destination: { host: ${host} } }] }`;
  const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec: { hosts: [${name}], http: [${Array.from({ length: times }, () => rule).join(', ')}] }`;
  const [after] = parseManifests(text, { file: `${name}.yaml`, source: 'test', cluster: 'c' }).resources;
  return { after };
}

function setup() {
  const clock = new HeldClock();
  const reports: IssueDifference[] = [];
  let busy = false;
  const analysis = new MeshAnalysis({
    clock,
    logger: silentLogger,
    metrics: noMetrics,
    systemNamespace: 'istio-system',
    isBusy: () => busy,
    report: (difference) => void reports.push(difference),
  });
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await nextTurn();
  };
  return { analysis, clock, reports, turns, setBusy: (now: boolean) => void (busy = now) };
}

const words = (issues: readonly Issue[]): readonly string[] => issues.map(({ message }) => message);

test('what is wrong at the start is there for who asks; what a change does to it is reported', async () => {
  const { analysis, reports, turns } = setup();
  analysis.takeMeshConfig(defaultMeshConfig);
  analysis.add([route('a', 'nobody')]);
  await turns();
  expect(analysis.issues).toEqual([]);
  analysis.start();
  await turns();
  expect(words(analysis.issues)).toEqual(['Referenced host not found: "nobody"']);
  expect(reports).toEqual([]);
  analysis.add([route('b', 'noone')]);
  await turns();
  analysis.add([route('b', 'b.example.com')]);
  await turns();
  expect(reports.map(({ raised, cleared }) => [words(raised), words(cleared)])).toEqual([
    [['Referenced host not found: "noone"'], []],
    [['Referenced host not found: "b.example.com"'], ['Referenced host not found: "noone"']],
  ]);
});

test('it waits while there is other work, for a second at most', async () => {
  const { analysis, clock, turns, setBusy } = setup();
  setBusy(true);
  analysis.add([route('a', 'nobody')]);
  analysis.start();
  clock.advance(500);
  await turns();
  expect(analysis.issues).toEqual([]);
  clock.advance(600);
  await turns();
  expect(analysis.issues).toHaveLength(1);
});

test('changes that come while others are taken in wait, and the issues are those before until then', async () => {
  const { analysis, reports, turns } = setup();
  analysis.start();
  await turns();
  analysis.add(Array.from({ length: 400 }, (_, index) => route(`r${index}`, 'nobody')));
  await nextTurn();
  expect(analysis.issues).toEqual([]);
  analysis.add([route('late', 'nobody')]);
  await analysis.settled(10_000);
  expect(analysis.issues).toHaveLength(401);
  await turns();
  expect(reports.flatMap(({ raised }) => raised)).toHaveLength(401);
});

test('nobody waits longer than they want to', async () => {
  const { analysis, clock } = setup();
  analysis.add([route('a', 'nobody')]);
  const settled = analysis.settled(2000);
  clock.advance(2000);
  await settled;
  expect(analysis.issues).toEqual([]);
});

test('what reading had to say is told with what is found, and once where analysis says it too', async () => {
  const { analysis, reports, turns } = setup();
  analysis.start();
  const warning = (path: string): Issue => ({
    code: 'IST0133',
    severity: 'warning',
    message: 'never reached',
    path,
    resource: { kind: 'VirtualService', namespace: 'shop', name: 'a' },
  });
  analysis.add([route('a', 'nobody', 2)], {
    raised: [warning('spec.http[1]'), warning('spec.hosts')],
    cleared: [],
  });
  await turns();
  analysis.add([], { raised: [], cleared: [warning('spec.hosts')] });
  await turns();
  const told = reports.map(({ raised, cleared }) =>
    [raised, cleared].map((each) => each.map(({ code }) => code)),
  );
  expect(told).toEqual([
    [['IST0133', 'IST0101', 'IST0130'], []],
    [[], ['IST0133']],
  ]);
});
