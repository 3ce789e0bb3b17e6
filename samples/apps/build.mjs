import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

/** One bundle for each program in src/: they run with Node alone. */
const entries = readdirSync('src').filter((name) => name.endsWith('.ts'));
const library = ['settings.ts', 'serve.ts', 'call-service.ts', 'forwarded-headers.ts'];

await build({
  entryPoints: entries.filter((name) => !library.includes(name)).map((name) => `src/${name}`),
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: false,
  conditions: ['istio-ts-source'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
