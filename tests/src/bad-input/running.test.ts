import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@istio-ts/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalMesh, repository, repositoryFile } from '../support/local-mesh.js';
import { agentByHand } from './agent-by-hand.js';
import { signRequest } from './certificate-request.js';
import { SmallDisk } from './full-disk.js';
import { StartedMesh } from '../support/started-mesh.js';
import { projectedToken } from './tokens.js';

/** One mesh with the coolstore. Whatever is put into it, one message says what is wrong, and the store goes on. */
const isRoot = process.getuid?.() === 0;
let mesh: LocalMesh;
let disk: SmallDisk | undefined;
const usualTmp = process.env['TMPDIR'];

beforeAll(async () => {
  if (isRoot) {
    disk = SmallDisk.mount('400m');
    process.env['TMPDIR'] = disk.folder;
  }
  mesh = await LocalMesh.start({
    manifests: { 'sleep.yaml': await repositoryFile('samples/scenarios/sleep.yaml') },
  });
  await cp(join(repository, 'samples/coolstore'), mesh.folder, { recursive: true });
  await mesh.waitForPods('istioinaction', { webapp: 1, 'catalog-': 2, forum: 1 });
  await eventually(storeAnswers, 20_000);
}, 180_000);

afterAll(async () => {
  await mesh.stop();
  disk?.unmount();
  if (usualTmp === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usualTmp;
}, 60_000);

async function storeAnswers(): Promise<void> {
  const { status, body } = await mesh.gateway('/api/catalog', { host: 'webapp.istioinaction.io' });
  expect(status, body).toBe(200);
  expect(body).toContain('Elinor Glasses');
}

/** Puts a file into the folder of the mesh, waits until the terminal says the words, and takes it away again. */
async function edit(name: string, text: string, words: RegExp): Promise<string> {
  const before = mesh.terminal.length;
  await writeFile(join(mesh.folder, name), text);
  const said = await eventually(() => {
    const since = mesh.terminal.slice(before);
    expect(since).toMatch(words);
    return since;
  });
  await storeAnswers();
  return said;
}

const remove = (name: string) => rm(join(mesh.folder, name));

const virtualService = (
  name: string,
  host: string,
  destination: string,
) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: istioinaction }
spec:
  hosts: [${host}]
  http:
    - route:
        - destination: ${destination}
`;

describe('a file of the folder', () => {
  test('with a syntax error is named with line, column and the lines themselves; what it said before stays', async () => {
    const good = await repositoryFile('samples/coolstore/gateway.yaml');
    const broken = good.replace('hosts:\n        - webapp', 'hosts: [webapp');
    expect(broken).not.toBe(good);
    const said = await edit('gateway.yaml', broken, /YAML_SYNTAX \(\S+gateway\.yaml:\d+:\d+\): /);
    expect(said).toMatch(/gateway\.yaml: refused; what it said before stays in force/);
    expect(said).toMatch(/^ +> \d+ \| .*\n +\| *\^$/m);
    expect(await mesh.must('ps')).toMatch(/Not in force:\n.*YAML_SYNTAX/);
    await writeFile(join(mesh.folder, 'gateway.yaml'), good);
    await eventually(async () => expect(await mesh.must('ps')).not.toContain('YAML_SYNTAX'));
  });

  test('with a kind that there is not', async () => {
    const text = virtualService('odd', 'odd', '{ host: catalog }').replace('VirtualService', 'VirtualServce');
    await edit(
      'odd.yaml',
      text,
      /error UNKNOWN_KIND VirtualServce istioinaction\/odd .*did you mean "VirtualService"\?/,
    );
    await remove('odd.yaml');
  });

  test('with a field that there is not', async () => {
    const text = virtualService('forum', 'forum', '{ host: forum, subnet: v1 }');
    const said = await edit(
      'forum-route.yaml',
      text,
      /VirtualService istioinaction\/forum spec\.http\[0\]\.route\[0\]\.destination\.subnet/,
    );
    expect(said).toMatch(/did you mean "subset"|subnet/);
    await remove('forum-route.yaml');
  });

  test('with a route to a host that there is not', async () => {
    const text = virtualService('forum', 'forum', '{ host: nobody }');
    const said = await edit('forum-route.yaml', text, /error IST0101 .*Referenced host not found: "nobody"/);
    expect(said).toMatch(/forum-route\.yaml:8:\d+\)/);
    await remove('forum-route.yaml');
  });

  test('with a route to a subset that there is not', async () => {
    const text = virtualService('forum', 'forum', '{ host: catalog, subset: v9 }');
    await edit('forum-route.yaml', text, /error IST0101 .*subset.*v9/);
    await remove('forum-route.yaml');
  });

  test('with a host that another rule has', async () => {
    const text = virtualService('catalog-again', 'catalog', '{ host: forum }');
    await edit('again.yaml', text, /error IST0109 VirtualService istioinaction\/catalog-again .*catalog/);
    await remove('again.yaml');
  });

  test('with two TCP services on one port', async () => {
    const entry = (name: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: istioinaction }
spec:
  hosts: [${name}.example.com]
  location: MESH_EXTERNAL
  resolution: STATIC
  ports: [{ number: 7000, name: tcp, protocol: TCP }]
  endpoints: [{ address: 192.0.2.1 }]
`;
    await edit(
      'clash.yaml',
      `${entry('first')}---\n${entry('second')}`,
      /ServiceEntry istioinaction\/(first|second) .*7000/,
    );
    await remove('clash.yaml');
  });
});

test('apply refuses what is wrong, stores what is right, and says so by its exit status', async () => {
  const file = join(mesh.dataDir, 'mixed.yaml');
  const good = virtualService('forum', 'forum', '{ host: forum }');
  await writeFile(file, `${good}---\n${good.replace('spec:', 'spce:').replace('name: forum', 'name: bad')}`);
  const { status, stdout, stderr } = await mesh.cli('apply', '-f', file);
  expect(stdout).toContain('virtualservice.networking.istio.io/forum created');
  expect(stderr).toMatch(/VirtualService\/istioinaction\/bad.*spce/);
  expect(status).toBe(1);
  await mesh.must('delete', 'virtualservice', 'forum', '-n', 'istioinaction');
});

test('a second mesh with the same data folder is refused', async () => {
  const second = StartedMesh.begin({ dataDir: mesh.dataDir });
  expect(await second.status).toBe(1);
  expect(second.terminal).toMatch(/a mesh already runs with the data folder .*--data-dir/);
  await storeAnswers();
});

describe('an agent', () => {
  const sleep = { namespace: 'default', serviceAccount: 'sleep' };

  test('with an expired token is refused, and says so', async () => {
    const token = await projectedToken(mesh.dataDir, { ...sleep, lifetimeSeconds: -3600 });
    expect(await agentByHand(mesh, token)).toMatch(/the token has expired: the platform must renew it/);
    await storeAnswers();
  });

  test('with a token that the mesh did not sign is refused, and says so', async () => {
    const token = await projectedToken(mesh.dataDir, { ...sleep, lifetimeSeconds: 600 }, 'a stranger');
    expect(await agentByHand(mesh, token)).toMatch(/signature/);
    await storeAnswers();
  });

  test('that asks for the identity of another is refused, and told why', async () => {
    const token = await projectedToken(mesh.dataDir, { ...sleep, lifetimeSeconds: 600 });
    const victim = 'spiffe://cluster.local/ns/istioinaction/sa/catalog';
    const own = 'spiffe://cluster.local/ns/default/sa/sleep';
    await expect(signRequest(mesh, { token, asksFor: victim })).rejects.toThrow(
      `the certificate request is for ${victim}, the caller proved to be ${own}`,
    );
    expect(await signRequest(mesh, { token, asksFor: own })).toEqual([own]);
    await storeAnswers();
  });
});

describe.skipIf(!isRoot)(`a full disk${isRoot ? '' : ' (SKIPPED: only root can have a small disk)'}`, () => {
  test('is told once, and stops nothing; what could not be stored is stored when there is room', async () => {
    const before = mesh.terminal.length;
    disk?.fill();
    const scaled = await mesh.cli('scale', 'deploy/forum', '-n', 'istioinaction', '--replicas', '2');
    expect(scaled.status).toBe(1);
    expect(scaled.stderr).toMatch(/the disk that holds \S+ is full: make room there/);
    expect(scaled.stderr.trim().split('\n')).toHaveLength(1);
    for (let call = 0; call < 20; call += 1) await storeAnswers();
    disk?.makeRoom();
    await mesh.must('scale', 'deploy/forum', '-n', 'istioinaction', '--replicas', '2');
    await mesh.waitForPods('istioinaction', { forum: 2 });
    await storeAnswers();
    expect(mesh.terminal.slice(before)).not.toMatch(/^ {4}at /m);
  }, 60_000);
});
