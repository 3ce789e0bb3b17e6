import type { Duplex } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { PodProcess } from '../runtime/sandbox.js';
import { Channel, encodeFrame, FrameReader } from './frames.js';

/** Connects a command in a pod with the person who asked for it: input one way, output and exit status the other. */
export async function runExecSession(connection: Duplex, command: PodProcess): Promise<void> {
  const reader = new FrameReader();
  connection.on('error', () => command.signal('SIGKILL'));
  connection.on('close', () => command.signal('SIGKILL'));
  command.stdin?.on('error', () => undefined);
  connection.on('data', (chunk: Buffer) => {
    for (const { payload } of reader.push(chunk)) {
      if (payload.length === 0) command.stdin?.end();
      else command.stdin?.write(payload);
    }
  });
  const outputs = [
    [Channel.Stdout, command.stdout],
    [Channel.Stderr, command.stderr],
  ] as const;
  for (const [channel, stream] of outputs) {
    stream?.on('data', (chunk: Buffer) => {
      if (!connection.write(encodeFrame(channel, chunk))) pauseUntilDrained(connection, stream);
    });
  }
  const [status] = await Promise.all([
    command.ended,
    ...outputs.map(([, stream]) => stream && finished(stream).catch(() => undefined)),
  ]);
  connection.end(encodeFrame(Channel.Exit, Buffer.from(String(status))));
}

function pauseUntilDrained(connection: Duplex, stream: NodeJS.ReadableStream): void {
  stream.pause();
  connection.once('drain', () => stream.resume());
}
