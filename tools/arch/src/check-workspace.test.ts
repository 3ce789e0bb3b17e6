import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tempDir } from '@istio-ts/testkit';
import { expect, test } from 'vitest';
import { checkWorkspace } from './check-workspace.js';
import { allLibs } from './layers.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** A workspace with every library of the table and the given files in it. */
async function workspace(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await tempDir();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const dependencies = Object.fromEntries(allLibs.map((name) => [`@istio-ts/${name}`, '0.1.0']));
  for (const name of allLibs) {
    const json = { name: `@istio-ts/${name}`, exports: { '.': './src/index.ts' }, dependencies };
    write(`libs/${name}/package.json`, JSON.stringify(json));
    write(`libs/${name}/src/index.ts`, 'export {};\n');
  }
  mkdirSync(join(root, 'apps'));
  mkdirSync(join(root, 'tools'));
  for (const [path, text] of Object.entries(files)) write(path, text);
  return root;
}

async function messagesFor(file: string, text: string): Promise<string[]> {
  return checkWorkspace(await workspace({ [file]: text })).violations.map(({ message }) => message);
}

test('this repository has no violation', () => {
  expect(checkWorkspace(repository).violations).toEqual([]);
});

test('mesh-model cannot name a protobuf, and envoy-config cannot name an Istio resource', async () => {
  const model = await messagesFor(
    'libs/mesh-model/src/a.ts',
    "import type { x } from '@istio-ts/xds-types';\n",
  );
  expect(model).toEqual(['mesh-model may not see xds-types (layer table)']);
  const envoy = await messagesFor('libs/envoy-config/src/a.ts', "export * from '@istio-ts/config-model';\n");
  expect(envoy).toEqual(['envoy-config may not see config-model (layer table)']);
});

test('no door is left: relative paths, deep paths, import types, require and computed imports are judged too', async () => {
  const at = 'libs/envoy-config/src/a.ts';
  expect(await messagesFor(at, "import '../../config-model/src/index.js';\n")).toHaveLength(1);
  expect(await messagesFor(at, "type X = import('@istio-ts/config-model').X;\n")).toHaveLength(1);
  expect(await messagesFor(at, "const x = require('@istio-ts/config-model');\n")).toHaveLength(1);
  expect(await messagesFor(at, "const x = await import(`@istio-ts/${'mesh-model'}`);\n")).not.toHaveLength(0);
  expect(await messagesFor(at, "import '@istio-ts/mesh-ir/src/names.js';\n")).toHaveLength(1);
  expect(await messagesFor(at, "import '@istio-ts/nowhere';\n")).toHaveLength(1);
});

test('what code needs when it runs is no dependency of its tests only', async () => {
  const json = JSON.stringify({ name: '@istio-ts/tool', devDependencies: { yaml: '2.9.1' } });
  const files = { 'tools/tool/package.json': json, 'tools/tool/src/a.test.ts': "import 'yaml';\n" };
  expect(checkWorkspace(await workspace(files)).violations).toEqual([]);
  const used = await workspace({ ...files, 'tools/tool/src/a.ts': "import 'yaml';\n" });
  expect(checkWorkspace(used).violations.map(({ message }) => message)).toEqual([
    'imports yaml, absent from the dependencies of its package.json',
  ]);
});

test('pure libraries know no clock, no chance, no timers, no async and no Node', async () => {
  const at = 'libs/mesh-model/src/a.ts';
  for (const text of [
    'export const f = (): number => Date.now();\n',
    'export const f = (): Date => new Date();\n',
    'export const f = (): number => Math.random();\n',
    'export const f = async (): Promise<void> => undefined;\n',
    'setTimeout(() => undefined, 1);\n',
    "import 'node:fs';\n",
  ]) {
    expect(await messagesFor(at, text), text).toHaveLength(1);
  }
});

test('files of a project do not load each other in a circle; types may', async () => {
  const b = (text: string): Promise<string> =>
    workspace({
      'libs/pki/src/a.ts': "import { b } from './b.js';\nexport const a = 1;\n",
      'libs/pki/src/b.ts': "export * from './c.js';\n",
      'libs/pki/src/c.ts': text,
    });
  const circle = await b("import 'node:fs';\nimport { a } from './a.js';\n");
  expect(checkWorkspace(circle).violations).toEqual([
    {
      file: 'libs/pki/src/a.ts',
      line: 1,
      message:
        'imports in a circle: libs/pki/src/a.ts → libs/pki/src/b.ts → libs/pki/src/c.ts → libs/pki/src/a.ts',
    },
  ]);
  for (const harmless of [
    "import type { A } from './a.js';\n",
    "export type { A } from './a.js';\n",
    "type A = import('./a.js').A;\n",
    "const a = (): Promise<unknown> => import('./a.js');\n",
  ]) {
    expect(checkWorkspace(await b(harmless)).violations, harmless).toEqual([]);
  }
  expect(await messagesFor('libs/pki/src/self.ts', "import './self.js';\n")).toHaveLength(1);
});

test('it fails closed: an unknown library, an unreadable project and an empty tree are no success', async () => {
  const added = await workspace({ 'libs/extra/package.json': '{"name":"@istio-ts/extra"}' });
  expect(checkWorkspace(added).violations.map(({ message }) => message)).toEqual([
    'extra: the layer table and the folders under libs/ disagree',
  ]);
  const broken = await workspace({ 'libs/pki/package.json': '{' });
  expect(() => checkWorkspace(broken)).toThrow();
  await expect(tempDir().then(checkWorkspace)).rejects.toThrow();
});

test('files say what is inside and stay small', async () => {
  expect(await messagesFor('libs/pki/src/string-utils.ts', 'export {};\n')).toEqual([
    '"utils" does not say what is inside',
  ]);
  expect(await messagesFor('libs/pki/src/common/key.ts', 'export {};\n')).toEqual([
    '"common" does not say what is inside',
  ]);
  expect(await messagesFor('libs/pki/src/CamelCase.ts', 'export {};\n')).toEqual([
    'a file name is kebab-case',
  ]);
  expect(await messagesFor('libs/pki/src/long.ts', 'export {};\n'.repeat(401))).toHaveLength(1);
});
