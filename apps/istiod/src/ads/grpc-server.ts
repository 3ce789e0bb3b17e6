import { createServer, type Server as Listener } from 'node:net';
import {
  Server,
  type ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { listenHost, renderHost } from '../listen-host.js';
import type { ListenAddress } from '../options.js';
import { ConnectionGate } from './connection-gate.js';
import type { Transport } from './transport.js';

const maxReceiveBytes = 16 * 1024 * 1024;
/**
 * Connections that wait to be accepted, at most. Node's 511, which grpc-js takes, are too few for a mesh whose proxies all
 * come back at once: what finds no place waits for a second and more. The kernel's own bound (somaxconn) holds besides.
 */
const backlog = 4096;

export interface GrpcServerOptions {
  readonly address: ListenAddress;
  /** The option that sets the address, for the message when it is taken. */
  readonly option: string;
  readonly credentials: ServerCredentials;
  readonly transport: Transport;
  readonly services: readonly {
    readonly definition: ServiceDefinition;
    readonly implementation: UntypedServiceImplementation;
  }[];
}

/** Listens until the signal aborts; returns the port. Throws a MeshError that says what to do where the address is taken. */
export async function runGrpcServer(options: GrpcServerOptions, signal: AbortSignal): Promise<number> {
  const { address, option, credentials, transport, services } = options;
  const server = new Server({
    interceptors: [...transport.interceptors],
    'grpc.max_receive_message_length': maxReceiveBytes,
    'grpc.max_send_message_length': -1,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 20_000,
    // Its bookkeeping of every call and socket has no reader here.
    'grpc.enable_channelz': 0,
  });
  for (const { definition, implementation } of services) server.addService(definition, implementation);
  const injector = server.createConnectionInjector(credentials);
  const gate = new ConnectionGate((socket) => {
    injector.injectConnection(socket);
    // Reading begins with the connection's new owner: http2 takes a socket for one that is being read.
    socket.read(0);
  });
  const listener = createServer({ pauseOnConnect: true }, (socket) => gate.add(socket));
  const host = await listenHost(address);
  const port = await listen(listener, { host, port: address.port }).catch((thrown: unknown) => {
    throw cannotListen(thrown, `${renderHost(host)}:${address.port}`, option);
  });
  signal.addEventListener('abort', () => {
    listener.close();
    gate.close();
    server.forceShutdown();
  });
  return port;
}

function listen(listener: Listener, address: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen({ ...address, backlog }, () => {
      const bound = listener.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : address.port);
    });
  });
}

/** One message for a server that cannot listen: which address, why, and which option changes it. */
export function cannotListen(cause: unknown, target: string, option: string): MeshError {
  const { code, message } = MeshError.from(cause);
  const isTaken = code === MeshErrorCode.AddressInUse || message.includes('EADDRINUSE');
  return new MeshError(
    isTaken ? MeshErrorCode.AddressInUse : code,
    isTaken
      ? `cannot listen on ${target}: the address is taken; end the program that has it (is another istiod running?) or choose another one with ${option}`
      : `cannot listen on ${target}: ${message}; choose another address with ${option}`,
    { cause },
  );
}
