import { defineConfig } from 'vitest/config';

/** One configuration for all projects: sources are resolved directly, nothing has to be built but xds-types. */
export default defineConfig({
  resolve: { conditions: ['istio-ts-source'] },
  ssr: { resolve: { conditions: ['istio-ts-source'], externalConditions: ['istio-ts-source'] } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/gen/**', '**/build/**'],
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Generated code, already built: Node loads it as it is.
    server: { deps: { external: [/libs\/xds-types\/dist\//] } },
    maxWorkers: 2,
    setupFiles: ['libs/testkit/src/console-guard.ts'],
  },
});
