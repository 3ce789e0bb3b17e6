#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const library = join(import.meta.dirname, '../../../libs/xds-types');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/**
 * Compiles `libs/xds-types` to JavaScript and declarations, so that everybody else type-checks against declarations alone.
 * The folder `dist` is replaced at once, and only by a whole one.
 */
async function compile() {
  process.stderr.write('xds-types: compiling\n');
  const staging = join(library, `dist-${process.pid}`);
  try {
    const { status } = spawnSync(
      process.execPath,
      [tsc, '-p', join(library, 'tsconfig.build.json'), '--outDir', staging],
      { stdio: 'inherit' },
    );
    process.exitCode = status ?? 1;
    if (status !== 0) return;
    await rm(join(library, 'dist'), { recursive: true, force: true });
    await rename(staging, join(library, 'dist'));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

await compile();
