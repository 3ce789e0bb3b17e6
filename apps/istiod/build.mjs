import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const project = dirname(fileURLToPath(import.meta.url));
const outfile = join(project, 'dist/istiod.js');

// One file that runs alone with Node. Some packages are CommonJS and call `require`, which an ES module has not.
await build({
  entryPoints: [join(project, 'src/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  conditions: ['istio-ts-source'],
  sourcemap: true,
  logLevel: 'warning',
  banner: {
    js: "import { createRequire as createRequireOfModule } from 'node:module';\nconst require = createRequireOfModule(import.meta.url);",
  },
});
await chmod(outfile, 0o755);
