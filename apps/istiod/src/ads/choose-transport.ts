import { Client, credentials, Server, ServerCredentials, ServerInterceptingCall } from '@grpc/grpc-js';
import type { Logger } from '@istio-ts/foundation';
import { hasZeroCopy, oneCopyTransport, zeroCopyTransport, type Transport } from './transport.js';

const path = '/istio.ts.Probe/Call';
const bytes = (value: Buffer): Buffer => value;

/**
 * The zero-copy transport where this grpc-js allows it, which one call over loopback to a server of our own shows; else
 * the one that copies once, and a line in the log that says so.
 */
export async function chooseTransport(logger: Logger): Promise<Transport> {
  if (await probe().catch(() => false)) return zeroCopyTransport;
  logger.warn('this version of grpc-js has no call stream: responses are copied once before they are sent');
  return oneCopyTransport;
}

async function probe(): Promise<boolean> {
  let found = false;
  const server = new Server({
    interceptors: [
      (_method, call) => {
        found = hasZeroCopy(call);
        return new ServerInterceptingCall(call);
      },
    ],
  });
  const definition = {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  } as const;
  server.addService(
    { call: definition },
    {
      call: (_call: unknown, callback: (error: null, value: Buffer) => void) =>
        callback(null, Buffer.alloc(0)),
    },
  );
  const port = await bindProbe(server);
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  await new Promise<void>((resolve, reject) => {
    client.makeUnaryRequest(path, bytes, bytes, Buffer.alloc(0), { deadline: Date.now() + 2000 }, (error) =>
      error === null ? resolve() : reject(error),
    );
  }).finally(() => {
    client.close();
    server.forceShutdown();
  });
  return found;
}

function bindProbe(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}
