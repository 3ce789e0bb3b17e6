import fastify, { type FastifyInstance } from 'fastify';
import { cannotListen } from '../ads/grpc-server.js';
import { listenHost, renderHost } from '../listen-host.js';
import type { ListenAddress } from '../options.js';

export interface HttpServerOptions {
  readonly address: ListenAddress;
  /** The option that sets the address, for the message when it is taken. */
  readonly option: string;
  readonly register: (server: FastifyInstance) => void;
  readonly signal: AbortSignal;
}

/** Serves the pages that `register` adds until the signal aborts; returns the port. */
export async function runHttpServer({
  address,
  option,
  register,
  signal,
}: HttpServerOptions): Promise<number> {
  const server = fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  register(server);
  const host = await listenHost(address);
  try {
    await server.listen({ host, port: address.port });
  } catch (thrown) {
    throw cannotListen(thrown, `${renderHost(host)}:${address.port}`, option);
  }
  signal.addEventListener('abort', () => void server.close());
  const bound = server.server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : address.port;
}
