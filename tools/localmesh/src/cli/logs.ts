import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { textAt } from '../store/json-record.js';
import type { ControlClient } from './control-client.js';

export interface LogOptions {
  readonly pod: string;
  readonly namespace: string;
  readonly container: string | undefined;
  readonly follow: boolean;
  /** How many of the last lines are shown; absent: all. */
  readonly tail: number | undefined;
}

/** Writes what a container has said so far, and with `follow` what it says from now on, until the signal aborts. */
export async function logs(client: ControlClient, options: LogOptions, signal: AbortSignal): Promise<void> {
  const { pod, namespace, container } = options;
  const file = textAt(await client.call('/log', { query: { pod, namespace, container } }), 'file');
  if (file === undefined) throw new MeshError(MeshErrorCode.Unavailable, `pod ${pod} keeps no log`);
  const handle = await open(file, 'r');
  try {
    const text = await handle.readFile('utf8');
    process.stdout.write(lastLines(text, options.tail));
    let position = Buffer.byteLength(text);
    while (options.follow && !signal.aborted) {
      const { size } = await stat(file);
      if (size < position) position = 0;
      const { bytesRead, buffer } = await handle.read({ position, buffer: Buffer.alloc(64 << 10) });
      process.stdout.write(buffer.subarray(0, bytesRead));
      position += bytesRead;
      if (bytesRead === 0) await sleep(100, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await handle.close();
  }
}

function lastLines(text: string, count: number | undefined): string {
  if (count === undefined) return text;
  const lines = text.split('\n');
  return lines.slice(-(count + 1)).join('\n');
}
