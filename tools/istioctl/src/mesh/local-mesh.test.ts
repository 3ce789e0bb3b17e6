import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { controlSocket } from './control-socket.js';
import { LocalMesh } from './local-mesh.js';

const pod = { name: 'web-1', namespace: 'shop' };

function frame(channel: number, text: string): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(channel, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 1);
  return Buffer.concat([header, Buffer.from(text)]);
}

/** A mesh that answers by hand: JSON by path, and one command. */
async function startMesh(
  answers: (data: string) => Readonly<Record<string, unknown>>,
  exec: readonly Buffer[] = [],
): Promise<{ readonly mesh: LocalMesh; readonly data: string; readonly urls: string[] }> {
  const data = mkdtempSync(join(tmpdir(), 'istioctl-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const urls: string[] = [];
  const server = createServer((request, response) => {
    urls.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const body = answers(data)[(request.url ?? '').split('?')[0] ?? ''];
    response.statusCode = body === undefined ? 404 : 200;
    response.end(JSON.stringify(body ?? { message: 'not here' }));
  });
  server.on('upgrade', (request: IncomingMessage, connection: Duplex) => {
    urls.push(`${request.method ?? ''} ${request.url ?? ''}`);
    connection.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: localmesh-exec\r\n\r\n',
    );
    for (const bytes of exec) connection.write(bytes);
    connection.end();
  });
  await listen(server, controlSocket(data));
  return { mesh: new LocalMesh(data), data, urls };
}

async function listen(server: Server, socket: string): Promise<void> {
  mkdirSync(dirname(socket), { recursive: true });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
}

test('a proxy is asked by pilot-agent in its own container', async () => {
  const whole = frame(1, '{"configs": []}');
  const { mesh, urls } = await startMesh(
    () => ({}),
    [whole.subarray(0, 3), whole.subarray(3), frame(3, '0')],
  );
  expect(await mesh.askProxy(pod, { method: 'GET', path: 'config_dump?include_eds' })).toBe(
    '{"configs": []}',
  );
  expect(urls).toEqual([
    'GET /exec?pod=web-1&namespace=shop&container=istio-proxy&argument=pilot-agent&argument=request&argument=GET&argument=config_dump%3Finclude_eds',
  ]);
});

test('what the command says when it fails is shown', async () => {
  const { mesh } = await startMesh(() => ({}), [frame(2, 'no Envoy here\n'), frame(3, '1')]);
  await expect(mesh.askProxy(pod, { method: 'GET', path: 'config_dump' })).rejects.toThrow(
    'the proxy of web-1.shop did not answer: no Envoy here',
  );
});

test('a connection that ends before the command is no answer', async () => {
  const { mesh } = await startMesh(() => ({}), [frame(1, '{"conf')]);
  await expect(mesh.askProxy(pod, { method: 'GET', path: 'config_dump' })).rejects.toThrow(
    'the connection ended',
  );
});

test('what listens in a pod stands in the tables of its network', async () => {
  const table = '   0: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 1000 0 31 1\n';
  const noIPv6 = frame(2, 'cat: /proc/net/tcp6: No such file or directory\n');
  const { mesh, urls } = await startMesh(() => ({}), [frame(1, table), noIPv6, frame(3, '1')]);
  expect(await mesh.listeningSockets(pod)).toEqual([{ port: 8080, isLocal: true }]);
  expect(urls).toEqual([
    'GET /exec?pod=web-1&namespace=shop&argument=cat&argument=%2Fproc%2Fnet%2Ftcp&argument=%2Fproc%2Fnet%2Ftcp6',
  ]);
  const { mesh: silent } = await startMesh(() => ({}), [noIPv6, frame(3, '1')]);
  await expect(silent.listeningSockets(pod)).rejects.toThrow(
    'the sockets of web-1.shop are not known: cat: ',
  );
});

const listedIstiod = {
  name: 'istiod-1',
  namespace: 'istio-system',
  labels: { app: 'istiod' },
  ready: true,
  owner: { kind: 'Deployment', name: 'istiod' },
};

test('pods are listed with the Deployment that owns them', async () => {
  const bare = { ...pod, labels: {}, ready: false, owner: { kind: 'Pod', name: 'web-1' } };
  const { mesh } = await startMesh(() => ({ '/pods': [listedIstiod, bare] }));
  expect(await mesh.pods()).toEqual([
    {
      name: 'istiod-1',
      namespace: 'istio-system',
      labels: { app: 'istiod' },
      ready: true,
      deployment: 'istiod',
    },
    { ...pod, labels: {}, ready: false },
  ]);
});

test('every istiod is asked through a port of its pod', async () => {
  const { mesh, urls } = await startMesh((data) => ({
    '/pods': [listedIstiod],
    '/pod-ports': { path: controlSocket(data) },
    '/debug/syncz': [],
  }));
  expect(await mesh.askIstiods('/debug/syncz', 'istio-system')).toEqual([{ istiod: 'istiod-1', text: '[]' }]);
  expect(urls).toContain('POST /pod-ports?pod=istiod-1&namespace=istio-system&port=15014');
  await expect(mesh.askIstiods('/debug/nothing', 'istio-system')).rejects.toThrow(
    'asking istiod-1 for /debug/nothing: not here',
  );
  await expect(mesh.askIstiods('/debug/syncz', 'elsewhere')).rejects.toThrow(
    'no istiod runs in namespace "elsewhere"',
  );
});

test('the objects of a mesh are asked for by every kind that is read', async () => {
  const { mesh, urls } = await startMesh(() => ({ '/objects': [{ kind: 'Pod' }] }));
  expect(await mesh.objects()).toEqual([{ kind: 'Pod' }]);
  const kinds = new URL(urls[0]?.replace('GET ', '') ?? '', 'http://mesh').searchParams
    .get('kinds')
    ?.split(',');
  expect(kinds).toEqual(
    expect.arrayContaining(['pods', 'gateways.networking.istio.io', 'gateways.gateway.networking.k8s.io']),
  );
});

test('a mesh that does not run is said to be so, with what to do', async () => {
  await expect(new LocalMesh('/nowhere').pods()).rejects.toThrow(
    'no mesh answers in /nowhere: start one with "npm run mesh"',
  );
});

test('the socket of a long path is a short one elsewhere', () => {
  expect(controlSocket('/data/mesh')).toBe('/data/mesh/run/control.sock');
  expect(controlSocket(`/data/${'x'.repeat(200)}`).length).toBeLessThan(100);
});
