#!/usr/bin/env node
import { constants, realpathSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { checkEnvoy, isPinnedBinary } from './check-envoy.mjs';
import { EnvoyError } from './envoy-error.mjs';
import { installEnvoy } from './install-envoy.mjs';

/**
 * @typedef {object} FindOptions
 * @property {NodeJS.ProcessEnv} [env] reads ENVOY_BIN, PATH, XDG_CACHE_HOME, HOME and ISTIO_TS_ALLOW_ENVOY_VERSION
 * @property {(line: string) => void} [say] progress and refusals, a line each; on standard error unless told otherwise
 */

/**
 * The Envoy to run: `$ENVOY_BIN`, else `envoy` on PATH, else the pinned one from the cache, fetched on first use.
 * An unfit `$ENVOY_BIN` is an error, because somebody asked for exactly that file. An unfit `envoy` on PATH is refused
 * aloud and passed over.
 *
 * @param {FindOptions} [options]
 * @returns {Promise<string>} absolute path of an Envoy of the pinned version with V8
 * @throws {EnvoyError} with a message for the user
 */
export async function findEnvoy({ env = process.env, say = sayOnStandardError } = {}) {
  const allowOtherVersion = env['ISTIO_TS_ALLOW_ENVOY_VERSION'] === '1';
  if (env['ENVOY_BIN']) {
    const path = resolve(env['ENVOY_BIN']);
    await checkEnvoy(path, { origin: 'from ENVOY_BIN', allowOtherVersion });
    return path;
  }
  const onPath = await findOnPath('envoy', env['PATH'] ?? '');
  if (onPath !== undefined) {
    try {
      await checkEnvoy(onPath, { origin: 'from PATH', allowOtherVersion });
      return onPath;
    } catch (error) {
      if (!(error instanceof EnvoyError)) throw error;
      say(`refused: ${error.message}`);
    }
  }
  return installEnvoy({ env, say });
}

/**
 * The pinned binary itself, whatever ENVOY_BIN allows: types are read out of this one only.
 *
 * @param {FindOptions} [options]
 * @returns {Promise<string>}
 * @throws {EnvoyError}
 */
export async function findPinnedEnvoy({ env = process.env, say = sayOnStandardError } = {}) {
  const candidates = [env['ENVOY_BIN'], await findOnPath('envoy', env['PATH'] ?? '')];
  for (const path of candidates) {
    if (path && (await isPinnedBinary(path))) return resolve(path);
  }
  return installEnvoy({ env, say });
}

/**
 * @param {string} name
 * @param {string} searchPath
 */
async function findOnPath(name, searchPath) {
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    const path = resolve(join(folder, name));
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** @param {string} path */
async function isExecutable(path) {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** @param {string} line */
function sayOnStandardError(line) {
  process.stderr.write(`envoy: ${line}\n`);
}

/** Prints the path on standard output, everything else on standard error. */
async function main() {
  try {
    process.stdout.write(`${await findEnvoy()}\n`);
  } catch (error) {
    if (!(error instanceof EnvoyError)) throw error;
    sayOnStandardError(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) await main();
