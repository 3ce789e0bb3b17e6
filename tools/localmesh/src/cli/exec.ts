import { Channel, encodeFrame, FrameReader } from '../control/frames.js';
import type { ControlClient } from './control-client.js';

export interface ExecOptions {
  readonly pod: string;
  readonly namespace: string;
  readonly container: string | undefined;
  readonly command: readonly string[];
  /** Whether this program's input goes to the command. */
  readonly stdin: boolean;
}

/** Runs a command in a pod, with its streams here; answers its exit status. */
export async function exec(client: ControlClient, options: ExecOptions): Promise<number> {
  const { pod, namespace, container, command } = options;
  const connection = await client.exec({ pod, namespace, container, argument: command });
  if (options.stdin) {
    process.stdin.on('data', (chunk: Buffer) => connection.write(encodeFrame(Channel.Stdin, chunk)));
    process.stdin.on('end', () => connection.write(encodeFrame(Channel.Stdin, Buffer.alloc(0))));
  } else {
    connection.write(encodeFrame(Channel.Stdin, Buffer.alloc(0)));
  }
  const reader = new FrameReader();
  return new Promise((resolve, reject) => {
    connection.on('data', (chunk: Buffer) => {
      for (const { channel, payload } of reader.push(chunk)) {
        if (channel === Channel.Stdout) process.stdout.write(payload);
        if (channel === Channel.Stderr) process.stderr.write(payload);
        if (channel === Channel.Exit) resolve(Number(payload.toString('utf8')));
      }
    });
    connection.on('error', reject);
    connection.on('close', () => resolve(137));
  });
}
