import { execFile } from 'node:child_process';
import { createReadStream, fstatSync } from 'node:fs';
import { constants, mkdtemp, open, rm } from 'node:fs/promises';
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
export async function openEnvoyStdout(write: (text: string) => void): Promise<EnvoyStdout> {
  if (!fstatSync(1).isSocket()) return { target: 'inherit', close: () => Promise.resolve() };
  const dir = await mkdtemp(join(tmpdir(), 'envoy-stdout-'));
  const path = join(dir, 'pipe');
  await promisify(execFile)('mkfifo', ['-m', '600', path]);
  // Opened for both directions, so that neither opening nor a restart of Envoy waits for the other end.
  const pipe = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
  const reader = createReadStream('', { fd: pipe.fd, autoClose: false, encoding: 'utf8' });
  reader.on('data', (text) => write(String(text)));
  reader.on('error', () => undefined);
  const close = async (): Promise<void> => {
    reader.destroy();
    await pipe.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { target: pipe.fd, close };
}
