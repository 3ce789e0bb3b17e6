import { tempDir } from '@istio-ts/testkit';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.mjs';
import { findEnvoy, findPinnedEnvoy } from './find-envoy.mjs';

const command = join(import.meta.dirname, 'find-envoy.mjs');

interface FakeEnvoy {
  readonly version: string;
  readonly hasV8: boolean;
}

async function writeScript(path: string, lines: readonly string[]): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(path, 0o755);
  return path;
}

/** Answers `--version` as Envoy does, and accepts or refuses a configuration. */
function fakeEnvoy(path: string, { version, hasV8 }: FakeEnvoy): Promise<string> {
  return writeScript(path, [
    `if [ "$1" = --version ]; then echo "envoy  version: 0123abc/${version}/Clean/RELEASE/BoringSSL"; exit 0; fi`,
    `exit ${hasV8 ? 0 : 1}`,
  ]);
}

test('an ENVOY_BIN of another version is refused with what to do', async () => {
  const path = await fakeEnvoy(join(await tempDir(), 'envoy'), { version: '1.36.2', hasV8: true });
  await expect(findEnvoy({ env: { ENVOY_BIN: path } })).rejects.toMatchObject({
    code: 'wrong-version',
    message: expect.stringMatching(
      /is Envoy 1\.36\.2, istio-ts needs 1\.40\.0\. Unset ENVOY_BIN .*ISTIO_TS_ALLOW_ENVOY_VERSION=1/,
    ),
  });
});

test('an option lets another version through, but never one without V8', async () => {
  const dir = await tempDir();
  const env = { ISTIO_TS_ALLOW_ENVOY_VERSION: '1' };
  const other = await fakeEnvoy(join(dir, 'other'), { version: '1.36.2', hasV8: true });
  expect(await findEnvoy({ env: { ...env, ENVOY_BIN: other } })).toBe(other);
  const bare = await fakeEnvoy(join(dir, 'bare'), { version: '1.38.3', hasV8: false });
  await expect(findEnvoy({ env: { ...env, ENVOY_BIN: bare } })).rejects.toMatchObject({ code: 'no-v8' });
});

test('an Envoy of the right version without V8 is refused', async () => {
  const path = await fakeEnvoy(join(await tempDir(), 'envoy'), { version: '1.40.0', hasV8: false });
  await expect(findEnvoy({ env: { ENVOY_BIN: path } })).rejects.toMatchObject({
    code: 'no-v8',
    message: expect.stringContaining('without the V8 Wasm runtime'),
  });
});

test('an ENVOY_BIN that is missing, or no Envoy, is refused', async () => {
  const dir = await tempDir();
  const missing = join(dir, 'nothing-here');
  await expect(findEnvoy({ env: { ENVOY_BIN: missing } })).rejects.toMatchObject({
    code: 'not-runnable',
    message: expect.stringContaining('ENOENT'),
  });
  const other = await writeScript(join(dir, 'other'), ['echo hello']);
  await expect(findEnvoy({ env: { ENVOY_BIN: other } })).rejects.toMatchObject({
    code: 'not-runnable',
    message: expect.stringContaining('does not print a version'),
  });
});

test('a fit envoy on PATH is taken', async () => {
  const dir = await tempDir();
  const path = await fakeEnvoy(join(dir, 'bin/envoy'), { version: '1.40.0', hasV8: true });
  expect(await findEnvoy({ env: { PATH: join(dir, 'bin') } })).toBe(path);
});

test('an unfit envoy on PATH is refused aloud, and the pinned one is looked for instead', async () => {
  const dir = await tempDir();
  await fakeEnvoy(join(dir, 'bin/envoy'), { version: '1.30.0', hasV8: true });
  const lines: string[] = [];
  const env = { PATH: join(dir, 'bin'), XDG_CACHE_HOME: join(dir, 'cache') };
  // There is no Python on this PATH either, so looking further ends there.
  await expect(findEnvoy({ env, say: (line) => void lines.push(line) })).rejects.toMatchObject({
    code: 'no-python',
  });
  expect(lines[0]).toMatch(/^refused: .*\(from PATH\) is Envoy 1\.30\.0/);
});

test('the command prints one message and fails', async () => {
  const path = await fakeEnvoy(join(await tempDir(), 'envoy'), { version: '1.36.2', hasV8: true });
  const result = await runCommand(process.execPath, [command], { env: { ENVOY_BIN: path } });
  expect(result).toMatchObject({ status: 1, stdout: '' });
  expect(result.stderr.trim().split('\n')).toHaveLength(1);
});

test('the real Envoy is accepted, and the command prints its path', async () => {
  const envoy = await findPinnedEnvoy();
  const result = await runCommand(process.execPath, [command], { env: { ENVOY_BIN: envoy } });
  expect(result).toMatchObject({ status: 0, stdout: `${envoy}\n`, stderr: '' });
});

test('the real Envoy passes the probe for V8 behind a wrapper script too', async () => {
  const envoy = await findPinnedEnvoy();
  const wrapper = await writeScript(join(await tempDir(), 'envoy'), [`exec ${envoy} "$@"`]);
  expect(await findEnvoy({ env: { ENVOY_BIN: wrapper } })).toBe(wrapper);
});
