import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '@istio-ts/testkit';
import { BufferPool } from '../wire/message-reader.js';
import { AdsConnection } from './ads-connection.js';

type Call = ServerDuplexStream<Buffer, Buffer>;

/** A real gRPC server that nobody here wrote; `handle` gets each call of the discovery method. */
async function serveGrpc(handle: (call: Call) => void): Promise<number> {
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  const asIs = (bytes: Buffer): Buffer => bytes;
  server.addService(
    {
      delta: {
        path: '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources',
        requestStream: true,
        responseStream: true,
        requestSerialize: asIs,
        requestDeserialize: asIs,
        responseSerialize: asIs,
        responseDeserialize: asIs,
      },
    },
    { delta: handle },
  );
  onTestFinished(() => server.forceShutdown());
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}

function openConnection(port: number) {
  const received: Buffer[] = [];
  const ends: string[] = [];
  const supplies = { readBuffer: Buffer.alloc(65_536), pool: new BufferPool() };
  const connection = new AdsConnection({ host: '127.0.0.1', port }, supplies, {
    message: (bytes) => received.push(Buffer.from(bytes)),
    ended: (reason) => ends.push(reason),
  });
  connection.open();
  onTestFinished(() => connection.close());
  return { connection, received, ends };
}

test('messages of any size go to a grpc-js server and back, beyond the flow-control windows', async () => {
  const port = await serveGrpc((call) => call.on('data', (message: Buffer) => call.write(message)));
  const { connection, received } = openConnection(port);
  const messages = [
    Buffer.from('small'),
    Buffer.alloc(3_000_000, 1),
    Buffer.alloc(40_000, 2),
    Buffer.from('last'),
  ];
  for (const message of messages) connection.send(message);
  await eventually(() => expect(received).toHaveLength(messages.length));
  expect(Buffer.concat(received).equals(Buffer.concat(messages))).toBe(true);
});

test('windows are opened again as bytes come in', async () => {
  const part = Buffer.alloc(2_000_000);
  const port = await serveGrpc((call) =>
    call.on('data', () => {
      for (let index = 0; index < 5; index += 1) call.write(part);
    }),
  );
  const { connection, received, ends } = openConnection(port);
  connection.send(Buffer.from('go'));
  await eventually(() => expect({ received: received.length, ends }).toEqual({ received: 5, ends: [] }));
});

test('a call that the server ends is told, once, with a reason', async () => {
  const port = await serveGrpc((call) => call.end());
  const { ends } = openConnection(port);
  await eventually(() => expect(ends).toEqual(['the server ended the stream']));
});

test('a server that is not there is told', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  await new Promise((resolve) => server.close(resolve));
  const { ends } = openConnection(port);
  await eventually(() => expect(ends).toHaveLength(1));
  expect(ends[0]).toContain('ECONNREFUSED');
});

test('the request that node:http2 sees is a gRPC call, and a ping is answered', async () => {
  const server = createServer();
  const seen = new Promise<Record<string, unknown>>((resolve) => {
    server.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      stream.session?.ping((error) => resolve({ ...headers, ponged: error === null }));
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  onTestFinished(() => void server.close());
  openConnection(port);
  expect(await seen).toMatchObject({
    ':method': 'POST',
    ':scheme': 'http',
    ':authority': `127.0.0.1:${port}`,
    ':path': '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources',
    'content-type': 'application/grpc',
    te: 'trailers',
    ponged: true,
  });
});
