import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { MeshError } from '@istio-ts/foundation';

export interface GrpcService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

/**
 * Serves on a Unix socket that only this user may open, and returns when it accepts connections; a file left behind by an
 * earlier process is replaced.
 *
 * @returns ends the server and removes the socket
 */
export async function serveUnix(
  path: string,
  { definition, implementation }: GrpcService,
): Promise<() => Promise<void>> {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(definition, implementation);
  try {
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { force: true });
    await bind(server, path);
    await chmod(path, 0o600);
  } catch (error) {
    server.forceShutdown();
    throw MeshError.from(error, `cannot listen on the socket ${path}`);
  }
  return async () => {
    server.forceShutdown();
    await rm(path, { force: true });
  };
}

function bind(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`unix:${path}`, ServerCredentials.createInsecure(), (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
