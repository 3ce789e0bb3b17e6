import type { Issue } from '@istio-ts/foundation';
import { runIstioctl, type Io } from '@istio-ts/istioctl';
import { startIstiod } from '@istio-ts/istiod/testing';
import { eventually } from '@istio-ts/testkit';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalMesh } from '../support/local-mesh.js';
import { mistakenShop, route } from './mistaken-shop.js';

/**
 * One folder with mistakes, as `istioctl analyze` sees the files, as an istiod sees them that is given the folder, and as the
 * terminal and `istioctl analyze` show a mesh that runs with it: the same codes in the same words.
 */
let mesh: LocalMesh;
beforeAll(async () => {
  mesh = await LocalMesh.start({ manifests: mistakenShop });
}, 180_000);
afterAll(() => mesh.stop(), 60_000);

/** `IST0101 Referenced host not found: "nobody"`, sorted. */
type Words = readonly string[];

const sorted = (issues: readonly Pick<Issue, 'code' | 'message'>[]): Words =>
  [...new Set(issues.map(({ code, message }) => `${code} ${message}`))].sort();

/** What a folder without pods cannot know. */
const onlyInAMesh = ['IST0174 No service of the mesh has the host ghost, so this rule applies to none'];

async function analyzeFiles(): Promise<Words> {
  let printed = '';
  const io: Io = {
    writeOut: (text) => void (printed += text),
    writeError: () => undefined,
    readStdin: () => Promise.resolve(''),
    readFile: (path) => readFile(path, 'utf8'),
    listFolder: async (path) =>
      (await readdir(path, { withFileTypes: true }).catch(() => undefined))?.map((entry) => ({
        name: entry.name,
        isFolder: entry.isDirectory(),
      })),
    colors: false,
    now: () => new Date(),
    openMesh: () => {
      throw new Error('only files are looked at');
    },
  };
  await runIstioctl(
    ['analyze', '--use-kube=false', '--output-threshold=Warning', '-o', 'json', mesh.folder],
    io,
  );
  return sorted(JSON.parse(printed) as readonly Issue[]);
}

async function analyzeInIstiod(): Promise<Words> {
  const istiod = await startIstiod({}, mistakenShop);
  const issues = JSON.parse(await istiod.page('/debug/issues')) as readonly Issue[];
  return sorted(issues.filter(({ severity }) => severity !== 'info'));
}

/** The issues that the terminal has shown, those of istiod's own objects apart. */
function shownInTerminal(text = mesh.terminal): Words {
  const lines = [...text.matchAll(/^ {2}(?:error|warning) ([A-Z_\d]+)(?: [^(\n]*)?(?: \(\S+\))?: (.*)$/gm)];
  return sorted(lines.map(([, code = '', message = '']) => ({ code, message })));
}

async function analyzeMesh(): Promise<Words> {
  const { stdout } = await mesh.istioctlStatus('analyze', '-A', '--output-threshold=Warning', '-o', 'json');
  return sorted(JSON.parse(stdout) as readonly Issue[]);
}

test('files, istiod, the terminal and the running mesh say the same', async () => {
  const ofFiles = await analyzeFiles();
  expect(ofFiles.map((words) => words.split(' ')[0])).toEqual([
    'IST0101',
    'IST0101',
    'IST0101',
    'IST0106',
    'IST0109',
    'IST0112',
    'IST0130',
    'IST0132',
    'IST0132',
    'IST0133',
    'IST0134',
    'IST0145',
    'IST0145',
    'UNKNOWN_KIND',
    'YAML_SYNTAX',
  ]);
  expect(await analyzeInIstiod()).toEqual(ofFiles);
  const inMesh = [...ofFiles, ...onlyInAMesh].sort();
  expect(shownInTerminal()).toEqual(inMesh);
  expect(await analyzeMesh()).toEqual(inMesh);
});

test('a mistake that is made while the mesh runs is told at once, and that it is gone when it is mended', async () => {
  const file = join(mesh.folder, 'live.yaml');
  const to = (host: string) => route('live', `{ route: [{ destination: { host: ${host} } }] }`);
  const words = 'VirtualService shop/live: Referenced host not found: "catalogue"';
  const since = mesh.terminal.length;
  await writeFile(file, to('catalogue'));
  await eventually(() => {
    const said = mesh.terminal.slice(since);
    expect(said).toMatch(
      /^created VirtualService shop\/live: live on 1\/1 proxies after \d+ ms$|no proxy is concerned$/m,
    );
    expect(said).toMatch(
      /^ {2}error IST0101 VirtualService shop\/live spec\.http\[0\]\.route\[0\]\.destination\.host \(\S+live\.yaml:4:\d+\): Referenced host not found: "catalogue"$/m,
    );
  });
  expect(await analyzeMesh()).toContain('IST0101 Referenced host not found: "catalogue"');
  await writeFile(file, to('catalog'));
  await eventually(() => expect(mesh.terminal.slice(since)).toContain(`  gone: error IST0101 ${words}\n`));
  expect(await analyzeMesh()).not.toContain('IST0101 Referenced host not found: "catalogue"');
});
