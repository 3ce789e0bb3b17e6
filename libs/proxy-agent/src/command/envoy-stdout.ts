import { execFile } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface EnvoyStdout {
  /** For `spawn`. */
  readonly target: number | 'inherit';
  close(): Promise<void>;
}

/**
 * Where Envoy may write its access log. Envoy opens `/dev/stdout` by name, which fails where this process's own is a
 * socket, as every Node parent makes it; then a named pipe stands between.
 */
export function openEnvoyStdout(write: (text: string) => void): Promise<EnvoyStdout> {
  if (fstatSync(1).isSocket()) return openNamedPipe(write);
  return Promise.resolve({ target: 'inherit', close: () => Promise.resolve() });
}

/** A pipe with a name, so that it can be opened again through `/dev/stdout`; what is written into it comes to `write`. */
export async function openNamedPipe(write: (text: string) => void): Promise<EnvoyStdout> {
  const dir = await mkdtemp(join(tmpdir(), 'envoy-stdout-'));
  const path = join(dir, 'pipe');
  await promisify(execFile)('mkfifo', ['-m', '600', path]);
  // The reading end is opened for both directions: it neither waits for a writer nor ends with the last one.
  const readEnd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const writeEnd = openSync(path, 'w');
  const reader = new Socket({ fd: readEnd, readable: true, writable: false });
  reader.setEncoding('utf8');
  reader.on('data', write);
  reader.unref();
  return {
    target: writeEnd,
    async close() {
      closeSync(writeEnd);
      reader.destroy();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
