import type { ListeningSocket } from '@istio-ts/config-analysis';
import { runIstioctl } from '../run-istioctl.js';
import type { FolderEntry, Io } from '../io.js';
import type { AdminRequest, IstiodAnswer, MeshAccess, MeshPod, PodName } from '../mesh/mesh-access.js';

/** A mesh of plain values. What is not in it rejects, as the real one does. */
export class FakeMesh implements MeshAccess {
  /** Every request that a proxy was asked, `GET config_dump`. */
  readonly asked: string[] = [];

  constructor(
    private readonly given: {
      readonly pods?: readonly MeshPod[];
      readonly objects?: readonly unknown[];
      /** By path of the admin interface. */
      readonly proxy?: Readonly<Record<string, unknown>>;
      /** By name of the pod. */
      readonly sockets?: Readonly<Record<string, readonly ListeningSocket[]>>;
      /** By path. */
      readonly istiod?: Readonly<Record<string, unknown>>;
    },
  ) {}

  pods(): Promise<readonly MeshPod[]> {
    return Promise.resolve(this.given.pods ?? []);
  }

  objects(): Promise<readonly unknown[]> {
    const { objects } = this.given;
    return objects === undefined ? Promise.reject(new Error('no mesh answers')) : Promise.resolve(objects);
  }

  askProxy(_pod: PodName, { method, path }: AdminRequest): Promise<string> {
    this.asked.push(`${method} ${path}`);
    return answer(this.given.proxy?.[path], path);
  }

  listeningSockets({ name }: PodName): Promise<readonly ListeningSocket[]> {
    const sockets = this.given.sockets?.[name];
    return sockets === undefined
      ? Promise.reject(new Error(`nothing runs in ${name}`))
      : Promise.resolve(sockets);
  }

  async askIstiods(path: string): Promise<readonly IstiodAnswer[]> {
    return [{ istiod: 'istiod-1', text: await answer(this.given.istiod?.[path], path) }];
  }
}

function answer(value: unknown, path: string): Promise<string> {
  if (value === undefined) return Promise.reject(new Error(`nothing answers ${path}`));
  return Promise.resolve(typeof value === 'string' ? value : JSON.stringify(value));
}

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line, `pc cluster web -o json`, on files and a mesh of values. */
export async function istioctl(
  line: string,
  world: {
    readonly files?: Readonly<Record<string, unknown>>;
    readonly mesh?: MeshAccess;
    readonly colors?: boolean;
  } = {},
): Promise<Ran> {
  let [out, error] = ['', ''];
  const io: Io = {
    writeOut: (text) => void (out += text),
    writeError: (text) => void (error += text),
    readStdin: () => answer(world.files?.['-'], '-'),
    readFile: (path) => answer(world.files?.[path], path),
    listFolder: (path) => Promise.resolve(entriesOf(Object.keys(world.files ?? {}), path)),
    colors: world.colors ?? false,
    now: () => new Date('2030-01-01T00:00:00Z'),
    openMesh: () => world.mesh ?? new FakeMesh({}),
  };
  const status = await runIstioctl(line.split(' '), io);
  return { status, out, error };
}

/** A path that other paths go through is a folder. */
function entriesOf(paths: readonly string[], folder: string): readonly FolderEntry[] | undefined {
  const inside = paths
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1));
  if (inside.length === 0) return undefined;
  return [...new Set(inside.map((path) => path.split('/')[0] ?? ''))].map((name) => ({
    name,
    isFolder: !inside.includes(name),
  }));
}
