import { readFile } from 'node:fs/promises';
import type { Mesh } from './mesh.js';
import type { PodBuilder } from './pod-builder.js';

const lookMs = 500;

/** Gives running pods the root certificate(s) anew when the control plane writes others. */
export function followRootCertificate(
  file: string,
  {
    mesh,
    builder,
    signal,
  }: { readonly mesh: Mesh; readonly builder: PodBuilder; readonly signal: AbortSignal },
): void {
  let known: string | undefined;
  const look = async () => {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined || text === known) return;
    const isFirst = known === undefined;
    known = text;
    if (isFirst) return;
    const pods = mesh.pods.filter((pod) => pod.options.proxy !== undefined && !pod.ending);
    await Promise.all(pods.map((pod) => builder.renewRoot(pod)));
  };
  const timer = setInterval(() => void look().catch(() => (known = '')), lookMs);
  signal.addEventListener('abort', () => clearInterval(timer));
}
