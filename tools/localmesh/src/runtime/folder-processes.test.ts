import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killAll, orphansAmong, processesIn } from './folder-processes.js';

describe('processes of a folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'localmesh-cwd-')));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are found, and told to be orphans when what started them is gone', async () => {
    const shell = spawn('sh', ['-c', 'sleep 60 & echo started; wait'], { cwd: folder });
    await once(shell.stdout, 'data');
    const both = processesIn(folder);
    expect(both).toHaveLength(2);
    expect(orphansAmong(both, process.pid)).toEqual([]);
    shell.kill('SIGKILL');
    await once(shell, 'exit');
    const [left, ...others] = processesIn(folder);
    expect(others).toEqual([]);
    expect(orphansAmong(left ? [left] : [], process.pid)).toEqual([left]);
    killAll(left ? [left] : []);
    await expect.poll(() => processesIn(folder)).toEqual([]);
  });
});
