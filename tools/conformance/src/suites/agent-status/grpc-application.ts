import { once } from 'node:events';
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { LocalServer } from './local-server.js';

/** Statuses of gRPC's health protocol. */
const statuses: Readonly<Record<string, number>> = { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2 };
const notFound = 5;

/** An application with nothing but gRPC's health service: service name → status. */
export async function startHealthService(
  services: Readonly<Record<string, string>>,
  host?: string,
): Promise<LocalServer> {
  const server = createServer();
  server.on('stream', (stream) => void answer(stream, services));
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { port, close };
}

async function answer(stream: ServerHttp2Stream, services: Readonly<Record<string, string>>): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  // A gRPC frame is five bytes and the message; the message is one field with the name of the service, or empty.
  const service = Buffer.concat(chunks).subarray(7).toString('utf8');
  const status = services[service];
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () =>
    stream.sendTrailers({ 'grpc-status': status === undefined ? notFound : 0 }),
  );
  stream.end(status === undefined ? undefined : Buffer.from([0, 0, 0, 0, 2, 8, statuses[status] ?? 0]));
}
