import { setTimeout as sleep } from 'node:timers/promises';
import { listAt, textAt, valueAt } from '../store/json-record.js';
import type { ControlClient } from './control-client.js';
import { ps } from './ps.js';

export interface Announcement {
  readonly client: ControlClient;
  /** Where the gateway answers; absent without one. */
  readonly url: string | undefined;
  /** Resolves when the mesh is gone. */
  readonly ended: Promise<unknown>;
  readonly say: (text: string) => void;
}

/** A pod that is not ready by then keeps nobody waiting any more. */
const longestWaitMs = 60_000;

/** When every pod is ready for the first time, or cannot become so: the table, and the URL to call. */
export async function announce(
  { client, url, ended, say }: Announcement,
  signal: AbortSignal,
): Promise<void> {
  const gone = ended.then(() => true);
  const endMs = Date.now() + longestWaitMs;
  while (!(await isSettled(client)) && Date.now() < endMs) {
    if (signal.aborted || (await Promise.race([gone, sleep(250).then(() => false)]))) return;
  }
  const table = await ps(client).catch(() => undefined);
  if (signal.aborted || table === undefined) return;
  const address = url === undefined ? '' : `The gateway answers at ${url}. `;
  say(`\n${table}\n\n${address}Ctrl-C ends the mesh.`);
}

async function isSettled(client: ControlClient): Promise<boolean> {
  const pods = await client.call('/pods').catch(() => undefined);
  const states: readonly unknown[] = Array.isArray(pods) ? pods : [];
  const crashes = (container: unknown) => textAt(container, 'waiting') === 'CrashLoopBackOff';
  const isDone = (pod: unknown) =>
    valueAt(pod, 'ready') === true ||
    valueAt(pod, 'message') !== undefined ||
    listAt(pod, 'containers').some(crashes);
  return states.length > 0 && states.every(isDone);
}
