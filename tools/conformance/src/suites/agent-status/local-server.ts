import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';

export interface LocalServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** An HTTP server on a free port of loopback; the address without a family takes callers of both. */
export async function startServer(listener: RequestListener, host?: string): Promise<LocalServer> {
  const server = createServer(listener).listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { port, close };
}

export interface Asked {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers?: IncomingHttpHeaders;
  readonly host?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request, with the headers as they are given. */
export async function ask({
  port,
  method,
  path,
  headers = {},
  host = '127.0.0.1',
}: Asked): Promise<Answered> {
  const outgoing = request({ host, port, method, path, headers, agent: false }).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage & AsyncIterable<Buffer>];
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
