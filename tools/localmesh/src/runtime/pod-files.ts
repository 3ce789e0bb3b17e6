import { chmod, chown, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { recordAt, textsAt } from '../store/json-record.js';
import type { KubeObject } from '../store/kube-object.js';
import type { PodTemplate } from '../workloads/pod-template.js';
import type { BindMount } from './sandbox.js';

/** The downward API's form of labels and annotations: `key="value"` a line. */
export function renderDownward(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}\n`)
    .join('');
}

/** Who may read a file of a pod: everybody in it, or its owner alone. The owner is the supervisor where none is given. */
export interface FileAccess {
  readonly mode: 0o644 | 0o600;
  readonly owner?: number | undefined;
}

/** Writes a file of a pod so that its reader never sees half of one. */
export async function writePodFile(
  file: string,
  content: string | Buffer,
  { mode, owner }: FileAccess = { mode: 0o644 },
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  await writeFile(draft, content, { mode });
  if (owner !== undefined) await chown(draft, owner, owner);
  await rename(draft, file);
}

type Find = (kind: 'ConfigMap' | 'Secret', name: string) => KubeObject | undefined;

/** Writes the ConfigMaps and Secrets that a pod mounts, and answers what has to be mounted where. */
export async function writeVolumes(
  template: PodTemplate,
  folder: string,
  find: Find,
): Promise<readonly BindMount[]> {
  const containers = [...template.initContainers, ...template.containers];
  const mounted = containers
    .flatMap(({ mounts }) => mounts)
    .filter(({ path }, index, all) => all.findIndex((other) => other.path === path) === index);
  const wanted = template.volumes.filter(({ name }) => mounted.some(({ volume }) => volume === name));
  for (const { name, source } of wanted) {
    const volume = join(folder, 'volumes', name);
    await mkdir(volume, { recursive: true });
    // An empty folder is for whoever the pod's containers run as.
    if (source === undefined) await chmod(volume, 0o777);
    const object = source && find(source.kind, source.name);
    for (const [key, content] of Object.entries(filesOf(object))) await writeFile(join(volume, key), content);
  }
  return mounted
    .filter(({ volume }) => wanted.some(({ name }) => name === volume))
    .map(({ volume, path }) => ({ from: join(folder, 'volumes', volume), to: path }));
}

function filesOf(object: KubeObject | undefined): Readonly<Record<string, string | Buffer>> {
  if (object === undefined) return {};
  if (object.kind !== 'Secret') return textsAt(object, 'data');
  const encoded = Object.entries(textsAt(object, 'data')).map(
    ([key, text]) => [key, Buffer.from(text, 'base64')] as const,
  );
  return { ...Object.fromEntries(encoded), ...textsAt(recordAt(object), 'stringData') };
}
