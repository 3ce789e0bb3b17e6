import { Client, credentials, Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '@istio-ts/foundation';
import { chooseTransport } from './choose-transport.js';
import { oneCopyTransport, Rope, serializeRope, zeroCopyTransport, type Transport } from './transport.js';

const bytes = (value: Buffer): Buffer => value;
const path = '/test/Echo';

/** Sends each list of pieces as one message, and returns the messages that a grpc-js client receives. */
async function transfer(
  transport: Transport,
  messages: readonly (readonly Uint8Array[])[],
): Promise<Buffer[]> {
  const server = new Server({ interceptors: [...transport.interceptors] });
  const method = {
    path,
    requestStream: true,
    responseStream: true,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: serializeRope,
    responseDeserialize: bytes,
  } as const;
  let written = 0;
  server.addService(
    { echo: method },
    {
      echo: (call: ServerDuplexStream<Buffer, Rope>) => {
        for (const pieces of messages) call.write(new Rope(pieces), () => (written += 1));
        call.end();
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
  });
  onTestFinished(() => {
    client.close();
    server.forceShutdown();
  });
  const received: Buffer[] = [];
  const call = client.makeBidiStreamRequest(path, bytes, bytes);
  await new Promise((resolve, reject) => {
    call.on('data', (message: Buffer) => received.push(message));
    call.on('end', resolve);
    call.on('error', reject);
  });
  expect(written).toBe(messages.length);
  return received;
}

const shared = Buffer.alloc(3 * 1024 * 1024, 7);
const messages = [
  [Buffer.from('a'), shared],
  [shared],
  [],
  [Buffer.from('b'), Buffer.alloc(0), Buffer.from('c')],
];

test.each([zeroCopyTransport, oneCopyTransport])(
  'pieces arrive as one message by $name',
  async (transport) => {
    const received = await transfer(transport, messages);
    expect(received.map((message) => message.length)).toEqual([shared.length + 1, shared.length, 0, 2]);
    expect(received[0]?.subarray(0, 2)).toEqual(Buffer.from([97, 7]));
    expect(received[3]?.toString()).toBe('bc');
  },
);

test('the pinned grpc-js has what the zero-copy transport needs', async () => {
  expect((await chooseTransport(silentLogger)).name).toBe('zero-copy');
});
