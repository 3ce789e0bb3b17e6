import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eventually, tempDir } from '@istio-ts/testkit';
import { expect, it, onTestFinished } from 'vitest';
import tags from '../stats-tags.json' with { type: 'json' };
import { builtModule, modulePath } from './built-module.js';
import { WEBAPP, headersOf } from './fixtures.js';

const project = join(import.meta.dirname, '..');
const readme = readFileSync(join(project, 'README.md'), 'utf8');
/** Ports of the snippet: admin, the sidecar, metrics, the application. */
const SNIPPET_PORTS = ['15000', '8080', '15090', '3000'] as const;
type Ports = Readonly<Record<(typeof SNIPPET_PORTS)[number], number>>;

it(
  "the snippet of the README counts calls on a stock Envoy, under Istio's names",
  { timeout: 60_000 },
  async () => {
    const app = await startApplication();
    const ports = await freePorts(portOf(app));
    await startEnvoy(ports);
    const requestHeaders = await headersOf(WEBAPP);

    const answer = await eventually(() => fetch(url(ports['8080']), { headers: requestHeaders }));
    expect(await answer.json()).not.toHaveProperty('x-envoy-peer-metadata');
    expect(answer.headers.get('x-envoy-peer-metadata-id')).toContain('~catalog-5d9c-x2x7p.shop~');
    const stranger = await fetch(url(ports['8080']));
    expect(stranger.headers.has('x-envoy-peer-metadata')).toBe(false);

    await eventually(async () => {
      const scrape = await (await fetch(`${url(ports['15090'])}stats/prometheus`)).text();
      const lines = scrape.split('\n').filter((line) => line.includes('istio_requests_total{'));
      expect(lines).toHaveLength(2);
      const fromWebapp = lines.find((line) => line.includes('source_workload="webapp"')) ?? '';
      expect(fromWebapp).toMatch(/^istio_requests_total\{reporter="destination",.*\} 1$/);
      expect(fromWebapp).toContain('destination_service="catalog.shop.svc.cluster.local"');
      expect(fromWebapp).toContain('response_code="200"');
      expect(scrape).toContain('istio_request_duration_milliseconds_bucket{reporter="destination"');
    });
  },
);

it('the snippet of the README has every tag expression of stats-tags.json', () => {
  const stated = [...snippet().matchAll(/tag_name: (\w+), regex: '(.*)'/g)];
  expect(stated.map(([, name, regex]) => ({ tag_name: name, regex }))).toEqual(tags);
});

function snippet(): string {
  const found = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1];
  if (found === undefined) throw new Error('README.md has no yaml block');
  return found;
}

/** An application that answers with the headers that it has got. */
async function startApplication(): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.headers));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

async function startEnvoy(ports: Ports): Promise<void> {
  builtModule('stats');
  const finder = join(project, '../../tools/envoy/src/find-envoy.mjs');
  const binary = execFileSync(process.execPath, [finder], { encoding: 'utf8', stdio: 'pipe' }).trim();
  const configuration = join(await tempDir(), 'envoy.yaml');
  writeFileSync(
    configuration,
    withPorts(snippet().replace(/node_modules\S+stats\.wasm/, modulePath('stats')), ports),
  );
  const args = ['-c', configuration, '--disable-hot-restart', '--concurrency', '1', '-l', 'error'];
  const envoy = spawn(binary, args, { stdio: 'ignore' });
  onTestFinished(() => stop(envoy));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function withPorts(text: string, ports: Ports): string {
  return text.replace(/port_value: (\d+)/g, (whole, port: string) => {
    const known = SNIPPET_PORTS.find((candidate) => candidate === port);
    return known === undefined ? whole : `port_value: ${ports[known]}`;
  });
}

async function freePorts(application: number): Promise<Ports> {
  const [admin, sidecar, metrics] = await Promise.all([freePort(), freePort(), freePort()]);
  return { '15000': admin, '8080': sidecar, '15090': metrics, '3000': application };
}

/** A port that was free a moment ago: a file of configuration has to name one. */
async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
}

function url(port: number): string {
  return `http://127.0.0.1:${port}/`;
}
