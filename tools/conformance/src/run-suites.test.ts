import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import { isExplained, runSuites } from './run-suites.js';
import { agree, type Case, type Suite } from './suite.js';
import { suites as wiredSuites } from './suites.js';

const suiteOf = (load: Suite['load'], name = 'shapes'): Suite => ({ name, load });
const passing: Case = { name: 'fits', run: () => agree };

async function folderWith(...names: readonly string[]): Promise<string> {
  const dir = await tempDir();
  for (const name of names) await mkdir(join(dir, name), { recursive: true });
  return dir;
}

describe('a run over folders of cases', () => {
  it('leaves out suites that have no folder, and takes a folder that is a suite itself', async () => {
    const dir = await folderWith('shapes');
    const suites = [suiteOf(() => [passing]), suiteOf(() => [passing], 'colours')];
    expect((await runSuites(dir, suites, [])).map(({ suite }) => suite)).toEqual(['shapes']);
    expect((await runSuites(join(dir, 'shapes'), suites, [])).map(({ suite }) => suite)).toEqual(['shapes']);
  });

  it('counts a suite whose files cannot be read as differing, and runs the others', async () => {
    const dir = await folderWith('shapes', 'colours');
    const broken = suiteOf(() => {
      throw new Error('cases.json is cut off');
    });
    const reports = await runSuites(dir, [broken, suiteOf(() => [passing], 'colours')], []);
    expect(reports).toMatchObject([
      { suite: 'shapes', differ: 1, differences: [{ got: expect.stringContaining('cut off') as string }] },
      { suite: 'colours', agree: 1 },
    ]);
    expect(isExplained(reports)).toBe(false);
  });

  it('does not take a folder without cases for one that agrees', async () => {
    const reports = await runSuites(await folderWith('shapes'), [suiteOf(() => [])], []);
    expect(reports).toMatchObject([{ agree: 0, differ: 1 }]);
    expect(isExplained(reports)).toBe(false);
  });

  it('counts a case that throws as differing, and goes on', async () => {
    const throwing: Case = {
      name: 'throws',
      run: () => {
        throw new Error('no such file: expected/a.json');
      },
    };
    const [report] = await runSuites(await folderWith('shapes'), [suiteOf(() => [throwing, passing])], []);
    expect(report).toMatchObject({
      agree: 1,
      differences: [{ case: 'throws', got: 'thrown: no such file: expected/a.json', reason: undefined }],
    });
  });

  it('takes a difference with a reason, and wants a reason struck off that is none any more', async () => {
    const known = [{ suite: 'shapes', case: 'fits', reason: 'it did not fit' }];
    const reports = await runSuites(await folderWith('shapes'), [suiteOf(() => [passing])], known);
    expect(reports).toMatchObject([{ vanished: ['fits'] }]);
    expect(isExplained(reports)).toBe(false);
  });
});

describe('the wired suites', () => {
  const named = async (name: string, files: Readonly<Record<string, string>>) => {
    const dir = await folderWith(join(name, 'scenarios'));
    for (const [file, text] of Object.entries(files)) await writeFile(join(dir, name, file), text);
    const [report] = await runSuites(
      dir,
      wiredSuites.filter((suite) => suite.name === name),
      [],
    );
    return report;
  };

  it.each(wiredSuites.map(({ name }) => name))('%s: an empty folder has no cases', async (name) => {
    expect(await named(name, {})).toMatchObject({ cases: 1, agree: 0, differ: 1 });
  });

  it('does not take a scenario for agreed that asks for what no check reads', async () => {
    const scenario = (call: string) => `name: one\ncalls: [${call}]\n`;
    const wanted = 'want: { cluster: PassthroughCluster }';
    const report = await named('traffic-simulation', {
      'scenarios/a.yaml': scenario(`{ port: 80, ${wanted} }`),
      'scenarios/b.yml': scenario(`{ port: 80, headers: { a: b }, ${wanted} }`),
      'scenarios/c.yaml': 'name: [cut off',
    });
    expect(report).toMatchObject({ cases: 3, agree: 1, differ: 1, unsupported: 1 });
    expect(report?.needs).toEqual({ 'the field headers of scenarios': 1 });
  });

  it('says of a file of an unknown form that it was not run', async () => {
    const cases = JSON.stringify({
      cases: [{ name: 'x', op: 'subsetOf', a: 'a.b', b: '*.b', expect: true }],
    });
    const report = await named('host-and-naming', { 'hosts.json': cases, 'colours.json': cases });
    expect(report).toMatchObject({ agree: 1, unsupported: 1, differ: 0 });
    expect(report?.needs).toEqual({ 'a form for the file colours.json': 1 });
  });
});
