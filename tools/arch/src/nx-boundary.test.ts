import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { expect, onTestFinished, test } from 'vitest';
import { layerConstraints } from './layers.mjs';

const repository = resolve(fileURLToPath(import.meta.url), '../../../..');
const planted = join(repository, 'libs/mesh-model/testdata/planted/violation.mts');

/**
 * The Nx rule passes with a warning where no project graph is cached, so a green lint proves nothing by itself: this
 * builds the graph, plants a violation, and wants it found.
 */
test('the Nx boundary rule finds a planted violation', async () => {
  execFileSync('npx', ['nx', 'graph', '--file', '.cache/nx/graph.json'], {
    cwd: repository,
    env: { ...process.env, NX_DAEMON: 'false' },
    stdio: 'pipe',
  });
  mkdirSync(dirname(planted), { recursive: true });
  onTestFinished(() => rmSync(dirname(planted), { recursive: true, force: true }));
  writeFileSync(planted, "import '@istio-ts/xds-types';\n");
  const eslint = new ESLint({
    cwd: repository,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.mts'],
      languageOptions: { parser: tseslint.parser },
      plugins: { '@nx': nx as unknown as ESLint.Plugin },
      rules: { '@nx/enforce-module-boundaries': ['error', { depConstraints: [...layerConstraints] }] },
    },
  });
  const [result] = await eslint.lintFiles([planted]);
  expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual(['@nx/enforce-module-boundaries']);
  expect(result?.messages[0]?.message).toContain('lib:');
});
