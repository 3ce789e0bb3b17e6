#!/usr/bin/env node
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const library = join(import.meta.dirname, '../../../libs/xds-types');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const entries = ['index', 'json', 'registry'];

/**
 * Compiles `libs/xds-types`: declarations, so that everybody else type-checks against these alone; a JavaScript file per
 * source, from which bundlers take what is used; and the same as a few large files, which Node loads five times as fast.
 * The folder `dist` is replaced at once, and only by a whole one.
 */
async function compile() {
  process.stderr.write('xds-types: compiling\n');
  const staging = join(library, `dist-${process.pid}`);
  try {
    const args = [tsc, '-p', join(library, 'tsconfig.build.json'), '--outDir', staging];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    process.exitCode = status ?? 1;
    if (status !== 0) return;
    await bundle(staging);
    for (const entry of entries) {
      await writeFile(join(staging, `${entry}.d.ts`), `export * from './src/${entry}.js';\n`);
    }
    await rm(join(library, 'dist'), { recursive: true, force: true });
    await rename(staging, join(library, 'dist'));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** @param {string} folder with tsc's output */
async function bundle(folder) {
  await build({
    entryPoints: entries.map((entry) => join(folder, 'src', `${entry}.js`)),
    outdir: folder,
    outbase: join(folder, 'src'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['istio-ts-source'],
    external: ['@bufbuild/*'],
    logLevel: 'warning',
  });
}

await compile();
