import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectMachine } from './platform/inspect-machine.mjs';
import { Mode } from './platform/mode.js';

/**
 * Starts real pods, without control plane and proxies, in a mode that this machine allows, and calls one from another. What
 * runs is what was built last.
 */
const run = promisify(execFile);
const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const program = join(repository, 'tools/localmesh/dist/localmesh.js');
const { workable } = await inspectMachine({ isRoot: process.getuid?.() === 0 });
const mode = workable[0] ?? Mode.Loopback;
const missing = mode === Mode.Loopback ? ' (SKIPPED: this machine allows no network namespaces)' : '';

describe.skipIf(mode === Mode.Loopback)(`pods as namespaces, mode ${mode}${missing}`, () => {
  let folder = '';
  let mesh: ChildProcess | undefined;
  const said: string[] = [];

  const localmesh = async (...args: readonly string[]) => {
    const env = { ...process.env, LOCALMESH_DATA: join(folder, 'data') };
    const { stdout } = await run(process.execPath, [program, ...args], { env });
    return stdout.trim();
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localmesh-plain-'));
    const manifests = join(folder, 'manifests');
    await cp(join(repository, 'samples/coolstore'), manifests, { recursive: true });
    await writeFile(join(manifests, 'sleep.yaml'), sleeper);
    const args = [program, 'up', manifests, '--plain', '--mode', mode, '--data-dir', join(folder, 'data')];
    mesh = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [mesh.stdout, mesh.stderr])
      stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    await waitForWords(said, 'Ctrl-C ends the mesh', mesh);
  });

  afterAll(async () => {
    if (mesh?.exitCode === null) {
      const ended = once(mesh, 'close');
      mesh.kill('SIGINT');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };

  const call = (...args: readonly string[]) =>
    localmesh('exec', 'deploy/sleep', '--', 'curl', '-sS', '--max-time', '5', ...args);

  it('call each other by short names and through cluster IPs', async () => {
    expect(JSON.parse(await call('http://catalog.istioinaction/items/1'))).toMatchObject({
      name: 'Elinor Glasses',
    });
    const address = await localmesh(
      'get',
      'svc',
      'webapp',
      '-n',
      'istioinaction',
      '-o',
      'jsonpath={.spec.clusterIP}',
    );
    expect(JSON.parse(await call(`http://${address}/api/catalog/items/1`))).toMatchObject({
      price: '282.00',
    });
  });

  it('reach themselves through their own service', async () => {
    const own = await localmesh(
      'exec',
      '-n',
      'istioinaction',
      'deploy/forum',
      '--',
      'curl',
      '-sS',
      '--max-time',
      '5',
      'http://forum/api/healthz',
    );
    expect(own).toBe('Healthy!');
  });

  it('find no name that is not there, and no one at a service without pods', async () => {
    await expect(call('http://nobody.istioinaction/')).rejects.toThrow(/Could not resolve host/);
    await localmesh('scale', 'deploy/forum', '-n', 'istioinaction', '--replicas', '0');
    await expect(call('--retry', '0', 'http://forum.istioinaction/')).rejects.toThrow(/curl: \((7|28|52)\)/);
  });

  it('see only themselves', async () => {
    const processes = await localmesh(
      'exec',
      'deploy/sleep',
      '--',
      'sh',
      '-c',
      'hostname; ls /proc | grep -c "^[0-9]"',
    );
    const [hostname = '', count = ''] = processes.split('\n');
    expect(hostname).toMatch(/^sleep-[0-9a-f]{10}-\w{5}$/);
    expect(Number(count)).toBeLessThan(12);
  });

  it('run their init containers to the end before the others start', async () => {
    await localmesh('apply', '-f', await write('first.yaml', initialised));
    const read = () => localmesh('exec', 'first', '--', 'cat', '/work/words');
    await expect.poll(read, { timeout: 45_000 }).toBe('one\ntwo');
    expect(await localmesh('logs', 'first', '-c', 'one')).toBe('begun');
  });

  it('are sent calls only while their readiness probe passes', async () => {
    await localmesh('apply', '-f', await write('probed.yaml', probed));
    const status = () => localmesh('get', 'pods', 'probed');
    const ask = () => call('--retry', '0', 'http://probed/');
    await expect.poll(ask, { timeout: 45_000 }).toContain('hello');
    await localmesh('exec', 'probed', '--', 'touch', '/tmp/localmesh-probed-busy');
    await expect.poll(status, { timeout: 45_000 }).toMatch(/probed +0\/1 +Running/);
    await expect.poll(() => ask().catch(String), { timeout: 45_000 }).toMatch(/curl: \((7|28|52)\)/);
    await localmesh('exec', 'probed', '--', 'rm', '/tmp/localmesh-probed-busy');
    await expect.poll(ask, { timeout: 45_000 }).toContain('hello');
    await localmesh('delete', 'pod', 'probed');
  });

  it('are started anew when their liveness probe fails', async () => {
    await localmesh('apply', '-f', await write('dead.yaml', dead));
    await expect.poll(() => localmesh('ps'), { timeout: 45_000 }).toMatch(/ dead +\d\/1 +\S+ +[1-9]/);
    expect(await localmesh('logs', 'dead')).toContain('its liveness probe failed 1 times in a row');
    await localmesh('delete', 'pod', 'dead');
  });

  it('are started anew when their application crashes', async () => {
    const crashed = await localmesh('get', 'pods', '-n', 'istioinaction', '-o', 'name');
    expect(crashed).toContain('pod/catalog-');
    await localmesh(
      'exec',
      '-n',
      'istioinaction',
      'deploy/catalog-v2',
      '--',
      'sh',
      '-c',
      'kill -9 $(pgrep -o -f catalog.js)',
    );
    await expect
      .poll(() => call('http://catalog.istioinaction/items'), { timeout: 45_000 })
      .toContain('Elinor');
    expect(await localmesh('ps')).toMatch(/catalog-v2-\S+ +\d\/1 +\S+ +[01]/);
  });

  it('end with the mesh, all of them', async () => {
    const ended = mesh && once(mesh, 'close');
    mesh?.kill('SIGINT');
    await ended;
    expect(mesh?.exitCode).toBe(0);
    const { stdout } = await run('ps', ['ax', '-o', 'args']);
    expect(stdout.split('\n').filter((line) => line.includes(folder) && !line.startsWith('ps '))).toEqual([]);
  });
});

const sleeper = `apiVersion: apps/v1
kind: Deployment
metadata: { name: sleep }
spec:
  selector: { matchLabels: { app: sleep } }
  template:
    metadata: { labels: { app: sleep } }
    spec:
      containers:
        - { name: sleep, image: curlimages/curl, command: [/bin/sleep, 3650d] }
`;

const initialised = `apiVersion: v1
kind: Pod
metadata: { name: first }
spec:
  volumes: [{ name: work, emptyDir: {} }]
  initContainers:
    - name: one
      image: any
      command: [sh, -c, 'echo begun; echo one > /work/words']
      volumeMounts: [{ name: work, mountPath: /work }]
    - name: two
      image: any
      command: [sh, -c, 'echo two >> /work/words']
      volumeMounts: [{ name: work, mountPath: /work }]
  containers:
    - name: app
      image: any
      command: [sleep, 1d]
      volumeMounts: [{ name: work, mountPath: /work }]
`;

const probed = `apiVersion: v1
kind: Pod
metadata: { name: probed, labels: { app: probed } }
spec:
  containers:
    - name: app
      image: hashicorp/http-echo
      args: ['-text=hello', '-listen=:5678']
      ports: [{ containerPort: 5678 }]
      readinessProbe:
        exec: { command: [sh, -c, '! test -e /tmp/localmesh-probed-busy'] }
        periodSeconds: 1
        failureThreshold: 1
---
apiVersion: v1
kind: Service
metadata: { name: probed }
spec:
  selector: { app: probed }
  ports: [{ name: http, port: 80, targetPort: 5678 }]
`;

const dead = `apiVersion: v1
kind: Pod
metadata: { name: dead }
spec:
  containers:
    - name: app
      image: any
      command: [sleep, 1d]
      livenessProbe:
        tcpSocket: { port: 1 }
        initialDelaySeconds: 1
        failureThreshold: 1
`;

/** Waits until the program has said something; fails with all that it said when it ends before. */
function waitForWords(said: readonly string[], words: string, program: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (said.join('').includes(words)) resolve();
    };
    program.stdout?.on('data', look);
    program.once('close', () => reject(new Error(`the mesh ended: ${said.join('')}`)));
    look();
  });
}
