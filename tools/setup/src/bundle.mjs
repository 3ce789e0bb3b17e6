/**
 * `node tools/setup/src/bundle.mjs PROJECT OUTFILE [ENTRY]`: one program as one file that runs with Node alone. Sources of
 * our own packages are taken by the export condition of this workspace; packages written as CommonJS find `require`.
 */
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const [project, outfile, entry = 'src/main.ts'] = process.argv.slice(2);
if (project === undefined || outfile === undefined) {
  process.stderr.write('usage: bundle.mjs PROJECT OUTFILE [ENTRY]\n');
  process.exit(2);
}

const target = join(project, 'dist', outfile);
await rm(target, { force: true });
await build({
  entryPoints: [join(project, entry)],
  outfile: target,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  conditions: ['istio-ts-source'],
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await chmod(target, 0o755);
