import { describe, expect, it } from 'vitest';
import { podGroups, type PodGroup } from './desired-pods.js';
import { decidePods, type ExistingPod } from './pod-decisions.js';

function group(image: string, replicas: number): PodGroup {
  const spec = { replicas, template: { spec: { containers: [{ name: 'a', image }] } } };
  const [only] = podGroups([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec }]);
  if (only === undefined) throw new Error('a deployment makes a group');
  return only;
}

function pods(of: PodGroup, ...ready: readonly boolean[]): readonly ExistingPod[] {
  return ready.map((each, index) => ({
    id: `${of.revision}-${index}`,
    owner: of.owner,
    revision: of.revision,
    outdated: false,
    ready: each,
    ending: false,
  }));
}

describe('decisions about pods', () => {
  const v1 = group('a:1', 2);
  const v2 = group('a:2', 2);

  it('starts what is missing and stops what is too much, unready pods first', () => {
    expect(decidePods([v1], pods(v1, true)).start).toEqual([v1]);
    expect(decidePods([{ ...v1, replicas: 1 }], pods(v1, true, false)).stop).toEqual([`${v1.revision}-1`]);
  });

  it('keeps the old revision until as many new pods are ready as are wanted', () => {
    const old = pods(v1, true, true);
    expect(decidePods([v2], old)).toEqual({ start: [v2, v2], stop: [] });
    expect(decidePods([v2], [...old, ...pods(v2, true, false)]).stop).toEqual([]);
    expect(decidePods([v2], [...old, ...pods(v2, true, true)]).stop).toEqual(old.map(({ id }) => id));
  });

  it('replaces pods of an outdated build one deployment after the other, new ones first', () => {
    const other: PodGroup = { ...v1, owner: { ...v1.owner, name: 'b' } };
    const outdated = (pod: ExistingPod): ExistingPod => ({ ...pod, id: `old-${pod.id}`, outdated: true });
    const old = [...pods(v1, true, true), ...pods(other, true, true)].map(outdated);
    const first = old.slice(0, 2);
    expect(decidePods([v1, other], old)).toEqual({ start: [v1, v1], stop: [] });
    const surged = decidePods([v1, other], [...old, ...pods(v1, true, true)]);
    expect(surged).toEqual({ start: [], stop: first.map(({ id }) => id) });
    const ending = first.map((pod) => ({ ...pod, ending: true }));
    const next = [...ending, ...pods(v1, true, true), ...old.slice(2)];
    expect(decidePods([v1, other], next).start).toEqual([other, other]);
  });

  it('starts a pod whose address is fixed when the old one is gone', () => {
    const alone = () => true;
    const single = { ...v1, replicas: 1 };
    const [old] = pods(single, true).map((pod) => ({ ...pod, outdated: true }));
    if (old === undefined) throw new Error('one pod runs');
    expect(decidePods([single], [old], alone)).toEqual({ start: [], stop: [old.id] });
    expect(decidePods([single], [{ ...old, ending: true }], alone)).toEqual({ start: [], stop: [] });
    expect(decidePods([single], [], alone).start).toEqual([single]);
  });

  it('leaves a bare pod its build', () => {
    const bare: PodGroup = { ...v1, owner: { ...v1.owner, kind: 'Pod' }, replicas: 1 };
    const running = pods(bare, true).map((pod) => ({ ...pod, outdated: true }));
    expect(decidePods([bare], running)).toEqual({ start: [], stop: [] });
  });

  it('stops the pods of an owner that is gone', () => {
    expect(decidePods([], pods(v1, true)).stop).toEqual([`${v1.revision}-0`]);
  });

  it('starts a bare pod anew only when the old one is gone', () => {
    const bare: PodGroup = { ...v1, owner: { ...v1.owner, kind: 'Pod' }, replicas: 1 };
    const [running] = pods(bare, true);
    if (running === undefined) throw new Error('one pod runs');
    const changed = { ...bare, revision: 'other' };
    expect(decidePods([changed], [running])).toEqual({ start: [], stop: [running.id] });
    expect(decidePods([changed], [{ ...running, ending: true }])).toEqual({ start: [], stop: [] });
    expect(decidePods([changed], []).start).toEqual([changed]);
  });

  it('does not replace pods because fields of the template changed places', () => {
    const template = (spec: object) => ({ spec: { template: { spec } } });
    const [a] = podGroups([
      { apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'x' }, ...template({ b: 1, a: 2 }) },
    ]);
    const [b] = podGroups([
      { apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'x' }, ...template({ a: 2, b: 1 }) },
    ]);
    expect(a?.revision).toBe(b?.revision);
  });
});
