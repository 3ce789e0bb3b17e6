import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@istio-ts/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { StartedMesh } from '../support/started-mesh.js';
import { repository } from '../support/local-mesh.js';
import { Workshop } from './surroundings.js';

/**
 * The coolstore in each way that pods can be run: reached through the gateway, closed to plain text where capture stands
 * before it, and gone when the mesh ends. The rootless modes run as an ordinary user also where the tests run as root.
 */
const workshop = new Workshop();
await workshop.open();
const envoy = workshop.envoy();
afterAll(() => workshop.close());

const run = promisify(execFile);
const localmesh = join(repository, 'tools/localmesh/dist/localmesh.js');

const cases = [
  { mode: 'root', capture: true },
  { mode: 'root', capture: true, name: 'root-without-iptables' },
  { mode: 'rootless', capture: true },
  { mode: 'rootless-one-id', capture: true },
  { mode: 'loopback', capture: false },
].map(({ mode, capture, name = mode }) => ({ mode, capture, name, ...workshop.surroundings(name) }));

for (const { mode, name, capture, under, why } of cases) {
  const title = why === undefined ? `mode ${name}` : `mode ${name} (SKIPPED: ${why})`;
  describe.skipIf(why !== undefined)(title, () => {
    test('runs the coolstore, and ends without a trace', async () => {
      const port = await freePort();
      // Where no namespaces can be made the mesh has to find that out by itself.
      const asked = capture ? ['--mode', mode] : [];
      const mesh = StartedMesh.begin({
        args: [...asked, '--port', String(port)],
        env: { ENVOY_BIN: envoy, HOME: workshop.folder },
        under,
        folder: workshop.manifests,
        dataDir: workshop.dataFolder(mode, name),
      });
      try {
        await mesh.shows(`The gateway answers at http://localhost:${port}`);
        expect(mesh.terminal).toMatch(new RegExp(`^mode +${mode} `, 'm'));
        if (name !== mode) expect(mesh.terminal).toMatch(/^iptables +no /m);
        await eventually(async () => expect(await store(port)).toContain('Elinor Glasses'));
        await expectServedByAgent(mesh.dataDir);
        if (capture) await expectClosedToPlainText(mesh.dataDir);
        else
          expect(mesh.terminal).toContain('No namespaces are allowed here: the mesh runs without capture.');
        mesh.signal('SIGINT');
        expect(await mesh.status).toBe(0);
        await expect.poll(() => mesh.leftovers(), { timeout: 5000 }).toEqual([]);
        expect(mesh.terminal).not.toMatch(/^ {4}at |^problem: /m);
      } finally {
        await mesh.clear();
      }
    }, 90_000);
  });
}

/** The agent passes probes on to an application behind mutual TLS, and puts its metrics beside the proxy's. */
async function expectServedByAgent(dataDir: string): Promise<void> {
  const pods = await cli(dataDir, 'get', 'pods', 'probed', '-n', 'istioinaction');
  expect(pods).toMatch(/^probed +2\/2 +Running /m);
  const scrape = 'curl -sS "http://${ISTIO_TS_BIND_ADDRESS:-127.0.0.1}:15020/stats/prometheus"';
  const inProxy = ['exec', 'probed', '-n', 'istioinaction', '-c', 'istio-proxy'];
  const metrics = await cli(dataDir, ...inProxy, '--', 'sh', '-c', scrape);
  expect(metrics).toMatch(/^shop_visits_total 7\nshop_returns_total 3$/m);
  expect(metrics).toMatch(/^istio_agent_/m);
  expect(metrics).toMatch(/^envoy_/m);
}

async function cli(dataDir: string, ...words: readonly string[]): Promise<string> {
  const split = words.includes('--') ? words.indexOf('--') : words.length;
  const args = [...words.slice(0, split), '--data-dir', dataDir, ...words.slice(split)];
  const { stdout } = await run(process.execPath, [localmesh, ...args], { maxBuffer: 16 << 20 });
  return stdout;
}

/** A client without a proxy, so without a certificate, gets nothing from a service that is STRICT. */
async function expectClosedToPlainText(dataDir: string): Promise<void> {
  const curl = ['curl', '-sS', '--max-time', '5', 'http://catalog.istioinaction/items'];
  await expect(cli(dataDir, 'exec', 'deploy/sleep', '--', ...curl)).rejects.toThrow(/curl: \((52|56)\)/);
}

function store(port: number): Promise<string> {
  return new Promise((done, fail) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: '/api/catalog',
      headers: { host: 'webapp.istioinaction.io' },
    };
    const asked = request({ ...options, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (body += part));
      answer.on('end', () => done(body));
    });
    asked.on('error', fail);
    asked.end();
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
