import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventually, tempDir } from '@istio-ts/testkit';
import { isKind, resourceKey, type Resource } from '@istio-ts/config-model';
import { silentLogger, type Issue } from '@istio-ts/foundation';
import { systemClock } from '../system-clock.js';
import type { SourceChange } from './config-source.js';
import { FileSource } from './file-source.js';
import { LastGood } from './last-good.js';

/** A source on real folders, and the objects that its updates add up to. */
class Watcher {
  readonly objects = new Map<string, Resource>();
  readonly seen: SourceChange[] = [];
  issues: readonly Issue[] = [];
  onUpdate: () => void = () => undefined;

  private constructor(readonly stop: () => Promise<void>) {}

  static async start(...folders: readonly string[]): Promise<Watcher> {
    return Watcher.startWith(join(await tempDir(), 'last-good'), ...folders);
  }

  /** One that keeps what it read in a folder of its own, as an earlier one may have done. */
  static async startWith(memory: string, ...folders: readonly string[]): Promise<Watcher> {
    const stop = new AbortController();
    const lastGood = new LastGood(memory, silentLogger);
    const watcher = new Watcher(async () => {
      await lastGood.written();
      stop.abort();
    });
    onTestFinished(watcher.stop);
    // The checks of Istio 1.13 hold while there is a ConfigMap "version".
    const source = new FileSource({
      folders,
      clusterId: 'c',
      compatibilityVersion: (find) => (find('ConfigMap/default/version') === undefined ? '' : '1.13'),
      lastGood,
      clock: systemClock,
    });
    await source.run(stop.signal, ({ changes, issues }) => {
      watcher.issues = issues;
      for (const change of changes) {
        watcher.seen.push(change);
        if (change.after === undefined) watcher.objects.delete(change.key);
        else watcher.objects.set(resourceKey(change.after), change.after);
      }
      watcher.onUpdate();
    });
    return watcher;
  }

  get keys(): readonly string[] {
    return [...this.objects.keys()].sort();
  }

  port(name: string): unknown {
    const service = this.objects.get(`Service/default/${name}`);
    return service !== undefined && isKind(service, 'Service') ? service.spec.ports?.[0]?.port : undefined;
  }
}

function service(name: string, port = 80): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ports: [{ port: ${port} }] }\n`;
}

test('the first list is there when run resolves, from folders within folders', async () => {
  const dir = await tempDir();
  await mkdir(join(dir, 'deep/er'), { recursive: true });
  await writeFile(join(dir, 'a.yaml'), `${service('a')}---\n${service('b')}`);
  await writeFile(
    join(dir, 'deep/er/c.json'),
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'c' },
      spec: { ports: [{ port: 80 }] },
    }),
  );
  await writeFile(join(dir, 'deep/notes.txt'), 'not a manifest');
  const watcher = await Watcher.start(dir);
  expect(watcher.keys).toEqual(['Service/default/a', 'Service/default/b', 'Service/default/c']);
  expect(watcher.issues).toEqual([]);
});

test('files that come, change and go, also in folders that appear later', async () => {
  const dir = await tempDir();
  await writeFile(join(dir, 'a.yaml'), service('a'));
  const watcher = await Watcher.start(dir);
  await writeFile(join(dir, 'a.yaml'), service('a', 81));
  await eventually(() => expect(watcher.port('a')).toBe(81));
  await mkdir(join(dir, 'later/still'), { recursive: true });
  await writeFile(join(dir, 'later/still/b.yaml'), service('b'));
  await eventually(() => expect(watcher.keys).toContain('Service/default/b'));
  await rm(join(dir, 'later'), { recursive: true });
  await rm(join(dir, 'a.yaml'));
  await eventually(() => expect(watcher.keys).toEqual([]));
});

test('a broken file keeps its last good objects and says file and line', async () => {
  const dir = await tempDir();
  const file = join(dir, 'a.yaml');
  await writeFile(file, `${service('a')}---\n${service('b')}`);
  const watcher = await Watcher.start(dir);
  await writeFile(file, `${service('a', 81)}---\nkind: [broken`);
  await eventually(() => expect(watcher.port('a')).toBe(81));
  expect(watcher.keys).toEqual(['Service/default/a', 'Service/default/b']);
  expect(watcher.issues[0]).toMatchObject({ severity: 'error', position: { file, line: 6 } });
  await writeFile(file, service('a', 82));
  await eventually(() => expect(watcher.keys).toEqual(['Service/default/a']));
  expect(watcher.issues).toEqual([]);
});

test('an editor that truncates and writes, or renames, never makes an object go', async () => {
  const dir = await tempDir();
  const file = join(dir, 'a.yaml');
  await writeFile(file, service('a'));
  const watcher = await Watcher.start(dir);
  await writeFile(file, '');
  await new Promise((resolve) => setTimeout(resolve, 30));
  await writeFile(file, service('a', 81));
  await eventually(() => expect(watcher.port('a')).toBe(81));
  await rename(file, `${file}~`);
  await writeFile(join(dir, '.swap'), service('a', 82));
  await rename(join(dir, '.swap'), file);
  await eventually(() => expect(watcher.port('a')).toBe(82));
  expect(watcher.seen.filter(({ after }) => after === undefined)).toEqual([]);
});

test('an object of a later folder replaces that of an earlier one, and uncovers it when it goes', async () => {
  const [base, overlay] = [await tempDir(), await tempDir()];
  await writeFile(join(base, 'a.yaml'), service('a', 80));
  await writeFile(join(overlay, 'z.yaml'), service('a', 90));
  const watcher = await Watcher.start(base, overlay);
  expect(watcher.port('a')).toBe(90);
  expect(watcher.issues).toEqual([]);
  await rm(join(overlay, 'z.yaml'));
  await eventually(() => expect(watcher.port('a')).toBe(80));
});

test('the same object in two files of one folder is an issue, and the first file stands', async () => {
  const dir = await tempDir();
  await writeFile(join(dir, 'a.yaml'), service('a', 80));
  await writeFile(join(dir, 'b.yaml'), service('a', 81));
  const watcher = await Watcher.start(dir);
  expect(watcher.port('a')).toBe(80);
  expect(watcher.issues).toMatchObject([
    { code: 'DUPLICATE_OBJECT', position: { file: join(dir, 'b.yaml') }, resource: { name: 'a' } },
  ]);
});

test('a folder that vanishes keeps its objects, and counts again when it is back', async () => {
  const dir = join(await tempDir(), 'root');
  await mkdir(dir);
  await writeFile(join(dir, 'a.yaml'), service('a'));
  const watcher = await Watcher.start(dir);
  await rename(dir, `${dir}-away`);
  await eventually(() => expect(watcher.issues).toMatchObject([{ code: 'FOLDER_UNREADABLE' }]));
  expect(watcher.keys).toEqual(['Service/default/a']);
  await mkdir(dir);
  await writeFile(join(dir, 'b.yaml'), service('b'));
  await eventually(() => expect(watcher.keys).toEqual(['Service/default/b']));
  expect(watcher.issues).toEqual([]);
});

test('a folder that is not there yet is an issue, not an end', async () => {
  const dir = join(await tempDir(), 'not-yet');
  const watcher = await Watcher.start(dir);
  expect(watcher.issues).toMatchObject([{ code: 'FOLDER_UNREADABLE' }]);
  await mkdir(dir);
  await writeFile(join(dir, 'a.yaml'), service('a'));
  await eventually(() => expect(watcher.keys).toEqual(['Service/default/a']));
});

const unevenWeights = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: uneven }
spec:
  hosts: [a]
  http: [{ route: [{ destination: { host: a }, weight: 3 }, { destination: { host: b }, weight: 3 }] }]
`;

test('an older release whose checks the objects ask for holds for all files from the first list on', async () => {
  const dir = await tempDir();
  await writeFile(join(dir, 'a.yaml'), unevenWeights);
  await writeFile(
    join(dir, 'version.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: version }\n',
  );
  const watcher = await Watcher.start(dir);
  expect(watcher.keys).toEqual(['ConfigMap/default/version']);
  expect(watcher.issues[0]?.message).toContain('100');
  await rm(join(dir, 'version.yaml'));
  await eventually(() => expect(watcher.keys).toEqual(['VirtualService/default/uneven']));
});

test('a start with the folder away, or with a broken file, begins with what was good before', async () => {
  const [dir, memory] = [join(await tempDir(), 'root'), await tempDir()];
  await mkdir(join(dir, 'deeper'), { recursive: true });
  await writeFile(join(dir, 'a.yaml'), `${service('a')}---\n${service('b')}`);
  await writeFile(join(dir, 'deeper/c.yaml'), service('c'));
  await (await Watcher.startWith(memory, dir)).stop();
  await rename(dir, `${dir}-away`);
  const away = await Watcher.startWith(memory, dir);
  expect(away.keys).toEqual(['Service/default/a', 'Service/default/b', 'Service/default/c']);
  expect(away.issues).toMatchObject([{ code: 'FOLDER_UNREADABLE' }]);
  await away.stop();
  await rename(`${dir}-away`, dir);
  await writeFile(join(dir, 'a.yaml'), `${service('a', 81)}---\nkind: [broken`);
  const broken = await Watcher.startWith(memory, dir);
  expect(broken.keys).toEqual(['Service/default/a', 'Service/default/b', 'Service/default/c']);
  expect(broken.port('a')).toBe(81);
  await broken.stop();
});

test('what went while nobody looked is gone a moment after the start, and is not remembered', async () => {
  const [dir, memory] = [join(await tempDir(), 'root'), await tempDir()];
  await mkdir(dir);
  await writeFile(join(dir, 'a.yaml'), `${service('a')}---\n${service('b')}`);
  await writeFile(join(dir, 'c.yaml'), service('c'));
  await (await Watcher.startWith(memory, dir)).stop();
  await writeFile(join(dir, 'a.yaml'), service('a', 81));
  await rm(join(dir, 'c.yaml'));
  const watcher = await Watcher.startWith(memory, dir);
  expect(watcher.port('a')).toBe(81);
  await eventually(() => expect(watcher.keys).toEqual(['Service/default/a']));
  await watcher.stop();
  await rename(dir, `${dir}-away`);
  expect((await Watcher.startWith(memory, dir)).keys).toEqual(['Service/default/a']);
});

test('two files that are edited in turn are never seen together as nobody wrote them', async () => {
  const dir = await tempDir();
  const write = async (name: string, text: string): Promise<void> => {
    await writeFile(join(dir, `.${name}`), text);
    await rename(join(dir, `.${name}`), join(dir, name));
  };
  // What "a" asks for, "b" offers: it offers the next before "a" asks, and drops the last after that.
  const ask = (port: number): Promise<void> => write('a.yaml', service('a', port));
  const offer = (...ports: readonly number[]): Promise<void> =>
    write('b.yaml', ports.map((port) => service(`b${port}`, port)).join('---\n'));
  await offer(1);
  await ask(1);
  const watcher = await Watcher.start(dir);
  const torn: string[] = [];
  watcher.onUpdate = () => {
    const wanted = `Service/default/b${String(watcher.port('a'))}`;
    if (!watcher.keys.includes(wanted)) torn.push(wanted);
  };
  for (let port = 2; port < 200; port += 1) {
    await offer(port - 1, port);
    await ask(port);
    await offer(port);
  }
  await eventually(() => expect(watcher.keys).toEqual(['Service/default/a', 'Service/default/b199']));
  expect(torn).toEqual([]);
});
