import { createServer, type Server } from 'node:http';
import { eventually, tempDir } from '@istio-ts/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { buildLoadProgram, Load } from './load.js';

/** A server that fails one call of ten: by its status, by no answer, by a cut connection, in turn. */
async function halting(): Promise<{ server: Server; url: string }> {
  let count = 0;
  const server = createServer((_request, answer) => {
    count += 1;
    if (count % 30 === 0) answer.writeHead(503).end('no healthy upstream');
    else if (count % 30 === 10) answer.socket?.destroy();
    else if (count % 30 !== 20) answer.end('ok');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, url: `http://127.0.0.1:${address.port}/` };
}

it('a load tells of every call that failed, and goes on', async () => {
  const { url } = await halting();
  const order = { url, headers: {}, perSecond: 200, connections: 4, timeoutMs: 300 };
  const load = Load.start('test', [process.execPath], await buildLoadProgram(await tempDir()), order);
  onTestFinished(() => load.stop());
  await load.answersMore(60);
  await eventually(() => {
    const reasons = load.failures.map(({ reason }) => reason);
    expect(reasons).toContain('status 503: no healthy upstream');
    expect(reasons).toContain('no answer within 300 ms');
    expect(reasons.join()).toMatch(/socket hang up|ECONNRESET/);
  });
});
