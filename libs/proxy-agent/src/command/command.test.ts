import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { eventually } from '@istio-ts/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openNamedPipe } from './envoy-stdout.js';
import { runPilotAgent } from './pilot-agent.js';
import { createAgentLogger, parseLogLevels } from './text-logger.js';

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function pilotAgent(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runPilotAgent(args, {
    env,
    writeOut: (text) => out.push(text),
    writeErr: (text) => err.push(text),
    wasm: { dir: '.', statsTags: [] },
  });
  return { status, out: out.join(''), err: err.join('') };
}

async function serve(status: number, body: string): Promise<number> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('pilot-agent', () => {
  it('prints the answer of a request and nothing else', async () => {
    const port = await serve(200, 'cluster_manager.cds.version: 1\n');
    const outcome = await pilotAgent(['request', 'GET', 'stats', '--debug-port', String(port)]);
    expect(outcome).toEqual({ status: 0, out: 'cluster_manager.cds.version: 1\n', err: '' });
  });

  it('fails a request that was refused', async () => {
    const port = await serve(404, 'no such page');
    const { status, err } = await pilotAgent(['request', 'GET', '/x', '--debug-port', String(port)]);
    expect([status, err]).toEqual([1, 'pilot-agent: GET /x was answered with 404: no such page\n']);
  });

  it('waits until the proxy is ready, and not for ever', async () => {
    const ready = `http://127.0.0.1:${await serve(200, '')}/healthz/ready`;
    const never = `http://127.0.0.1:${await serve(503, 'no configuration')}/healthz/ready`;
    expect((await pilotAgent(['wait', '--url', ready])).status).toBe(0);
    const { status, err } = await pilotAgent([
      'wait',
      '--url',
      never,
      '--timeoutSeconds',
      '0.05',
      '--periodMillis',
      '20',
    ]);
    expect([status, err]).toEqual([1, expect.stringContaining('no configuration')]);
  });

  it('says in one line what its environment lacks', async () => {
    const { status, err } = await pilotAgent(['proxy', 'sidecar'], { POD_NAME: 'x' });
    expect([status, err]).toEqual([1, expect.stringContaining('lacks POD_NAMESPACE, INSTANCE_IP')]);
  });
});

describe("Envoy's standard output", () => {
  it('can be opened by name, again and again', async () => {
    const lines: string[] = [];
    const stdout = await openNamedPipe((text) => lines.push(text));
    onTestFinished(() => stdout.close());
    for (const word of ['first', 'second']) {
      const child = spawn('sh', ['-c', `echo ${word} > /dev/stdout`], {
        stdio: ['ignore', stdout.target, 'inherit'],
      });
      expect(await once(child, 'exit')).toEqual([0, null]);
    }
    await eventually(() => expect(lines.join('')).toBe('first\nsecond\n'));
  });
});

describe('the log', () => {
  it('has levels by scope, and tabs between its parts', () => {
    const lines: string[] = [];
    const levels = parseLogLevels('warning,xds:debug');
    const logger = createAgentLogger({ levels, asJson: false, write: (line) => lines.push(line) });
    logger.info('left out');
    logger.child('xds').debug('connected', { address: 'a:1', tries: 2 });
    expect(lines.map((line) => line.replace(/^[^\t]+/, 'TIME'))).toEqual([
      'TIME\tdebug\txds\tconnected\taddress=a:1\ttries=2\n',
    ]);
  });

  it('is JSON where that is asked for', () => {
    const lines: string[] = [];
    createAgentLogger({
      levels: parseLogLevels('info'),
      asJson: true,
      write: (line) => lines.push(line),
    }).info('ready', { port: 1 });
    expect(JSON.parse(lines.join(''))).toMatchObject({ scope: 'agent', msg: 'ready', port: 1 });
  });

  it('refuses a level that does not exist', () => {
    expect(() => parseLogLevels('loud')).toThrow('"loud" is no log level');
  });
});
