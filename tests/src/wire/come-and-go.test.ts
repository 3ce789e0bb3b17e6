import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tempDir } from '@istio-ts/testkit';
import { build, type Plugin } from 'esbuild';
import { expect, test } from 'vitest';
import type { ComeAndGo } from './standing.js';

const counter = `
let alive = 0;
const collected = new FinalizationRegistry(() => { alive -= 1; });
const count = (level) => { alive += 1; collected.register(level); };
globalThis.countedMemoLevels = () => alive;
`;
const added = 'map.set(key, added);';

/** Lets every entry that a memoised function adds be counted until it is collected. */
const countMemoLevels: Plugin = {
  name: 'count-memo-levels',
  setup(building) {
    building.onLoad({ filter: /foundation\/src\/memo\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(added))
        throw new Error(`${path} adds entries in another way now: count them there`);
      return { contents: `${source.replace(added, `${added} count(added);`)}${counter}`, loader: 'ts' };
    });
  },
};

async function bundle(): Promise<string> {
  const outfile = join(await tempDir(), 'come-and-go.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('come-and-go-program.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['istio-ts-source'],
    plugins: [countMemoLevels],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return outfile;
}

test('after two thousand pods have come and gone, istiod holds what it held before', async () => {
  const args = ['--expose-gc', await bundle()];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 120_000 });
  const { pods, before, after } = JSON.parse(stdout) as ComeAndGo;
  expect(pods).toBe(2000);
  expect(after.memoLevels).toBeLessThanOrEqual(before.memoLevels + 100);
  expect(after.descriptors).toBeLessThanOrEqual(before.descriptors);
  expect(after.heapBytes / before.heapBytes).toBeLessThan(1.05);
}, 150_000);
