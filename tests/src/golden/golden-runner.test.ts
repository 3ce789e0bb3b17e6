import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import { checkIssues, checkTraffic } from './check-case.js';
import { buildWorld } from './golden-world.js';
import { matchPartial } from './match-partial.js';
import { caseNames, goldenDir, readCase } from './read-cases.js';

const sound = {
  'input.yaml': '# A service.\napiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: {}\n',
  'proxy.yaml': 'node: { namespace: shop }\n',
  'traffic.yaml': 'calls: [{ call: { port: 80 }, becomes: { listener: virtualOutbound } }]\n',
};

/** Reads a case of these files; undefined takes one away from a sound case. */
async function read(files: Readonly<Record<string, string | undefined>>): Promise<unknown> {
  const root = await tempDir();
  const folder = join(root, 'some/case');
  await mkdir(folder, { recursive: true });
  const all: Readonly<Record<string, string | undefined>> = { ...sound, ...files };
  for (const [name, text] of Object.entries(all)) {
    if (text !== undefined) await writeFile(join(folder, name), text);
  }
  expect(caseNames(root)).toEqual(['some/case']);
  return readCase(root, 'some/case');
}

describe('a golden case is refused', () => {
  it.each([
    ['a file that no check reads', { 'notes.txt': 'x' }, /no check reads "notes.txt"/],
    ['nothing to assert', { 'traffic.yaml': undefined }, /asserts nothing/],
    ['no calls', { 'traffic.yaml': 'calls: []' }, /holds no call/],
    [
      'a call that must become nothing',
      { 'traffic.yaml': 'calls: [{ call: { port: 80 }, becomes: {} }]' },
      /nothing/,
    ],
    [
      'a field of a call that nothing reads',
      { 'traffic.yaml': 'calls: [{ call: { prot: 80 }, becomes: {} }]' },
      /"prot"/,
    ],
    ['a seam without a reason', { 'routes.yaml': 'absent: [x]' }, /reason is a text/],
    ['an empty list of issues', { 'issues.yaml': 'issues: []' }, /holds no issue/],
    ['no first line that says what is shown', { 'input.yaml': 'kind: Service' }, /first line/],
    ['a long input', { 'input.yaml': `# x\n${'a: b\n'.repeat(80)}` }, /81 lines/],
    ['an unknown field of the proxy', { 'proxy.yaml': 'node: { nam: x }' }, /"nam"/],
  ])('with %s', async (_what, files, message) => {
    await expect(read(files)).rejects.toThrow(message);
  });

  it('which is otherwise sound', async () => {
    await expect(read({})).resolves.toMatchObject({ shows: 'A service.' });
  });
});

describe('the checks of a golden case find', () => {
  const { state } = buildWorld(readCase(goldenDir, 'routing/weights'));

  it('another listener, another weight and an error that nobody wants', () => {
    const call = { port: 80, protocol: 'http', host: 'catalog', path: '/items' } as const;
    expect(checkTraffic(state, [{ call, becomes: { listener: 'other' } }])).toHaveLength(1);
    expect(checkTraffic(state, [{ call, becomes: { clusters: {} } }])).toHaveLength(1);
    const inbound = { port: 80, mode: 'inbound', tls: 'mtls', alpn: 'h2' } as const;
    expect(
      checkTraffic(state, [{ call: inbound, becomes: { chain: 'virtualInbound-blackhole' } }]),
    ).not.toEqual([]);
  });

  it('an issue too many, and one too few', () => {
    const issue = { code: 'X', severity: 'error', message: 'no' } as const;
    const wanted = { code: 'X', severity: 'error', resource: '', path: '', says: 'no' } as const;
    expect(checkIssues([issue], [])).toHaveLength(1);
    expect(checkIssues([], [wanted])).toHaveLength(1);
    expect(checkIssues([issue], [wanted])).toEqual([]);
  });
});

describe('a partial expectation', () => {
  it('holds where at least what is wanted is there', () => {
    expect(matchPartial({ a: { b: 1 }, c: null }, { a: { b: 1, x: 2 }, d: 3 })).toEqual([]);
  });

  it('finds named elements in the order wanted, with others between', () => {
    const got = [{ name: 'a' }, { name: 'b', x: 1 }, { name: 'c' }];
    expect(matchPartial([{ name: 'a' }, { name: 'c' }], got)).toEqual([]);
    expect(matchPartial([{ name: 'c' }, { name: 'a' }], got, 'routes')).toHaveLength(1);
    expect(matchPartial([{ name: 'b', x: 2 }], got, 'routes')).toEqual(['routes(b).x is 1 instead of 2']);
  });

  it('takes lists without names as a whole', () => {
    expect(matchPartial([1], [1, 2], 'list')).toEqual(['list has 2 elements instead of 1']);
    expect(matchPartial({ a: null }, { a: 0 })).toEqual(['a is 0 instead of absent']);
    expect(matchPartial({ a: 1 }, undefined, 'it')).toEqual(['it is absent instead of {"a":1}']);
  });
});
