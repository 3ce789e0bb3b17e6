import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { claimAddresses } from './address-claim.js';

async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, host, done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it('a second mesh on the same loopback addresses is told so, and may have them when the first has ended', async () => {
  const host = '127.44.200.1';
  const place = { host, port: await freePort(host), range: '127.44.0.0/16' };
  const [first, second] = [new AbortController(), new AbortController()];
  onTestFinished(() => second.abort());
  await claimAddresses(place, first.signal);
  await expect(claimAddresses(place, second.signal)).rejects.toThrow(
    'another mesh in mode loopback runs on this machine, and its pods have these addresses (127.44.0.0/16)',
  );
  first.abort();
  await new Promise((done) => setImmediate(done));
  await claimAddresses(place, second.signal);
});
