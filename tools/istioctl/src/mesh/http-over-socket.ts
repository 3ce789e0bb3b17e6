import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Duplex, Readable } from 'node:stream';

export interface SocketCall {
  readonly socket: string;
  readonly path: string;
  readonly method?: 'GET' | 'POST';
}

export interface SocketAnswer {
  readonly status: number;
  readonly text: string;
}

/** One HTTP call over a Unix socket. Rejects with Node's error where nobody listens. */
export async function callOverSocket({ socket, path, method = 'GET' }: SocketCall): Promise<SocketAnswer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath: socket, path, method, agent: false }, resolve).on('error', reject).end();
  });
  return { status: answer.statusCode ?? 500, text: (await readAll(answer)).toString('utf8') };
}

/**
 * Asks for another protocol on the connection, and reads until the peer ends it.
 *
 * @returns the bytes after the switch, or the answer where it was refused
 */
export async function readUpgraded(
  { socket, path }: SocketCall,
  protocol: string,
): Promise<Buffer | SocketAnswer> {
  const headers: OutgoingHttpHeaders = { connection: 'Upgrade', upgrade: protocol };
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: socket, path, headers, agent: false });
    asked.on('upgrade', (_answer, connection: Duplex, head: Buffer) => {
      if (head.length > 0) connection.unshift(head);
      readAll(connection).then(resolve, reject);
    });
    asked.on('response', (answer) => {
      const status = answer.statusCode ?? 500;
      readAll(answer).then((body) => resolve({ status, text: body.toString('utf8') }), reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
