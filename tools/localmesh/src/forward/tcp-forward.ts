import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/** Where a connection is passed on to. */
export type ForwardTarget = { readonly path: string } | { readonly host: string; readonly port: number };

/** Answers the target of the next connection; nothing where there is none, which closes the connection. */
export type ChooseTarget = () => ForwardTarget | undefined;

/**
 * Passes every connection on to a target, both ways, half-closes included. A `localhost` port of the machine becomes a
 * port inside the mesh by two of these: TCP to a Unix socket outside, Unix socket to TCP inside.
 */
export async function forwardPort(
  listen: { readonly path: string } | { readonly host: string; readonly port: number },
  choose: ChooseTarget,
  signal: AbortSignal,
): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => passOn(socket, choose()));
  if ('path' in listen) {
    await mkdir(dirname(listen.path), { recursive: true });
    await rm(listen.path, { force: true });
  }
  server.listen({ ...listen, signal });
  await listening(server, 'path' in listen ? listen.path : `${listen.host}:${listen.port}`);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function listening(server: Server, where: string): Promise<void> {
  try {
    await once(server, 'listening');
  } catch (thrown) {
    const failure = MeshError.from(thrown, `cannot listen on ${where}`);
    if (failure.code !== MeshErrorCode.AddressInUse) throw failure;
    throw new MeshError(
      MeshErrorCode.AddressInUse,
      `${where} is taken: end what listens there, or choose another port`,
      { cause: thrown },
    );
  }
}

function passOn(socket: Socket, target: ForwardTarget | undefined): void {
  if (target === undefined) {
    socket.destroy();
    return;
  }
  const further = connect({ ...target, allowHalfOpen: true });
  for (const [from, to] of [
    [socket, further],
    [further, socket],
  ] as const) {
    from.on('error', () => to.destroy());
    from.pipe(to);
  }
  socket.on('close', () => further.destroy());
}
