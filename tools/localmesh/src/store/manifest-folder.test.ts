import { mkdtemp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManifestFolder } from './manifest-folder.js';

const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

describe('folder of manifests', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localmesh-folder-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const names = (manifests: ManifestFolder) =>
    manifests.objects.map(({ object }) => object.metadata.name).sort();

  it('reads every manifest below it, and lists', async () => {
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'a.yaml'), `${service('a')}---\n${service('b')}`);
    await writeFile(
      join(folder, 'deep/c.json'),
      JSON.stringify({ items: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'c' } }] }),
    );
    await writeFile(join(folder, 'notes.txt'), 'no manifest');
    const manifests = new ManifestFolder(folder);
    expect(await manifests.read()).toBe(true);
    expect(names(manifests)).toEqual(['a', 'b', 'c']);
    expect(await manifests.read()).toBe(false);
  });

  it('keeps the last good objects of a file that is broken, and says where it is', async () => {
    const manifests = new ManifestFolder(folder);
    await writeFile(join(folder, 'a.yaml'), service('a'));
    await manifests.read();
    await writeFile(join(folder, 'a.yaml'), `${service('a')}---\nkind: [`);
    expect(await manifests.read()).toBe(false);
    expect(names(manifests)).toEqual(['a']);
    expect(manifests.issues).toMatchObject([
      { severity: 'error', position: { file: join(folder, 'a.yaml'), line: 6 } },
    ]);
    await writeFile(join(folder, 'a.yaml'), service('a2'));
    await manifests.read();
    expect([names(manifests), manifests.issues]).toEqual([['a2'], []]);
  });

  it('loses the objects of a file that is gone, and none when the folder itself is gone', async () => {
    const manifests = new ManifestFolder(folder);
    await writeFile(join(folder, 'a.yaml'), service('a'));
    await writeFile(join(folder, 'b.yaml'), service('b'));
    await manifests.read();
    await rm(join(folder, 'a.yaml'));
    await manifests.read();
    expect(names(manifests)).toEqual(['b']);
    await rename(folder, `${folder}.moved`);
    await manifests.read();
    expect(names(manifests)).toEqual(['b']);
    await rename(`${folder}.moved`, folder);
  });
});
