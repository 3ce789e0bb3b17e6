/**
 * `node tools/setup/src/bundle.mjs PROJECT PROGRAM[=ENTRY]… [--asset FILE=PLACE]…`: fills PROJECT/dist with programs, each
 * one file that runs with Node alone, and with files that lie beside them. ENTRY is `src/main.ts` where it is not given;
 * ENTRY and PLACE are relative to the project and to its dist, FILE to the working directory.
 *
 * Sources of our own packages are taken by the export condition of this workspace. The folder appears whole or not at all.
 */
import { chmod, cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { asset: { type: 'string', multiple: true, default: [] } },
});
const [project, ...programs] = positionals;
if (project === undefined || programs.length === 0) {
  process.stderr.write('usage: bundle.mjs PROJECT PROGRAM[=ENTRY]… [--asset FILE=PLACE]…\n');
  process.exit(2);
}

/** Packages written as CommonJS ask for `require`, which an ES module has not. */
const banner = [
  '#!/usr/bin/env node',
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('\n');

async function bundlePrograms(folder) {
  const entries = programs.map((program) => program.split('='));
  await build({
    entryPoints: entries.map(([file, entry = 'src/main.ts']) => ({
      in: join(project, entry),
      out: file.replace(/\.js$/, ''),
    })),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['istio-ts-source'],
    banner: { js: banner },
    logLevel: 'warning',
  });
  for (const [file] of entries) await chmod(join(folder, file), 0o755);
}

async function copyAssets(folder) {
  for (const asset of values.asset) {
    const [file, place] = asset.split('=');
    await cp(file, join(folder, place));
  }
}

const target = join(project, 'dist');
const draft = `${target}-${process.pid}`;
try {
  await bundlePrograms(draft);
  await copyAssets(draft);
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
} finally {
  await rm(draft, { recursive: true, force: true });
}
