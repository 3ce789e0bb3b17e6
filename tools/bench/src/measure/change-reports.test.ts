import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readSentMs } from './change-reports.js';

const server = createServer();
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('the first report of the kind is read out of a stream that goes on, and the stream is let go', async () => {
  const ended = new Promise((resolve) => {
    server.on('request', (_, response) => {
      response.on('close', resolve);
      response.write(
        '{"objects":[{"kind":"VirtualService"}],"sentMs":7}\n{"raised":[]}\n{"objects":[{"kind":"Serv',
      );
      setImmediate(() => response.write('iceEntry"}],"sentMs":12}\n'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await readSentMs(`http://127.0.0.1:${port}/`, 'ServiceEntry')).toBe(12);
  await ended;
});
