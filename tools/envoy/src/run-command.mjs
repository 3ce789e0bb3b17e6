import { execFile } from 'node:child_process';

/**
 * Runs a program to its end. Never rejects: a program that cannot be started has `spawnError` (for example ENOENT).
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ readonly timeoutMs?: number, readonly env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ readonly status: number, readonly stdout: string, readonly stderr: string, readonly spawnError?: string }>}
 */
export function runCommand(file, args, options = {}) {
  return new Promise((resolve) => {
    const settings = {
      timeout: options.timeoutMs ?? 0,
      env: options.env ?? process.env,
      maxBuffer: 64 * 1024 * 1024,
    };
    execFile(file, [...args], settings, (error, stdout, stderr) => {
      if (error === null) resolve({ status: 0, stdout, stderr });
      else if (typeof error.code === 'string')
        resolve({ status: -1, stdout, stderr, spawnError: error.code });
      else resolve({ status: typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
  });
}
