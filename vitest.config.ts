import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const xdsTypes = join(import.meta.dirname, 'libs/xds-types/dist');

/** One configuration for all projects: sources are resolved directly, nothing has to be built but xds-types. */
export default defineConfig({
  resolve: {
    conditions: ['istio-ts-source'],
    // Generated code, already built, as few large files: Node loads it as it is (see `external` below).
    alias: [
      { find: /^@istio-ts\/xds-types$/, replacement: join(xdsTypes, 'index.js') },
      { find: /^@istio-ts\/xds-types\/(json|registry)$/, replacement: join(xdsTypes, '$1.js') },
    ],
  },
  ssr: { resolve: { conditions: ['istio-ts-source'], externalConditions: ['istio-ts-source'] } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/gen/**', '**/build/**'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    server: { deps: { external: [/libs\/xds-types\/dist\//] } },
    maxWorkers: 2,
    setupFiles: ['libs/testkit/src/console-guard.ts'],
  },
});
