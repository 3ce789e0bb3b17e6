import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles an app into one file that runs alone with Node, and puts the Wasm modules beside it.
 *
 *   node apps/agent/build.mjs <app> <file>
 */
const [app = 'agent', file = 'pilot-agent.js'] = process.argv.slice(2);
const workspace = resolve(import.meta.dirname, '../..');
const dist = join(workspace, 'apps', app, 'dist');

await rm(dist, { recursive: true, force: true });
await build({
  entryPoints: [join(workspace, 'apps', app, 'src/main.ts')],
  outfile: join(dist, file),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  conditions: ['istio-ts-source'],
  legalComments: 'none',
  logLevel: 'warning',
  banner: {
    // Packages written for CommonJS ask for `require` inside an ES module.
    js: [
      '#!/usr/bin/env node',
      "import { createRequire as createRequireForBundle } from 'node:module';",
      'const require = createRequireForBundle(import.meta.url);',
    ].join('\n'),
  },
});
await chmod(join(dist, file), 0o755);
await mkdir(join(dist, 'wasm'), { recursive: true });
await copyFile(join(workspace, 'libs/wasm-filters/dist/stats.wasm'), join(dist, 'wasm/stats.wasm'));
