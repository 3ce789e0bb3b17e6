import { readFile } from 'node:fs/promises';
import { MeshError } from '@istio-ts/foundation';

const lookMs = 1000;

/** The text of the MeshConfig file, read now and whenever it changes; a file that cannot be read keeps the last text. */
export async function watchMeshConfigFile(
  path: string,
  signal: AbortSignal,
  changed: (text: string) => void,
): Promise<string> {
  let last = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw MeshError.from(thrown, `the mesh configuration ${path} (--mesh-config) cannot be read`);
  });
  const timer = setInterval(() => {
    readFile(path, 'utf8').then(
      (text) => {
        if (text === last) return;
        last = text;
        changed(text);
      },
      () => undefined,
    );
  }, lookMs);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer));
  return last;
}
