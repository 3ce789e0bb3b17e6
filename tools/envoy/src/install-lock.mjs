import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvoyError } from './envoy-error.mjs';

const pollMs = 200;
const patienceMs = 10 * 60_000;

/**
 * Runs `work` while no other process on this machine holds the lock file. A lock whose owner is dead is taken over.
 *
 * @template T
 * @param {string} lockFile
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {EnvoyError} `lock-timeout` when another living process holds it for more than ten minutes
 */
export async function withLock(lockFile, work) {
  for (let waitedMs = 0; !(await tryLock(lockFile)); waitedMs += pollMs) {
    if (waitedMs > patienceMs) {
      throw new EnvoyError(
        'lock-timeout',
        `another process has been installing Envoy for too long: end it, or remove ${lockFile}.`,
      );
    }
    await removeDeadLock(lockFile);
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

/** @param {string} lockFile */
async function tryLock(lockFile) {
  try {
    await writeFile(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} lockFile */
async function removeDeadLock(lockFile) {
  const owner = Number(await readFile(lockFile, 'utf8').catch(() => ''));
  if (owner > 0 && !isAlive(owner)) await rm(lockFile, { force: true });
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
