import type { FolderObject } from './manifest-folder.js';
import { idOf, keyOf, renderKey, type KubeObject, type ObjectKey } from './kube-object.js';

/** Where an object in force comes from. */
export type ObjectOrigin =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'applied' }
  | { readonly kind: 'runtime' };

export interface StoredObject {
  readonly object: KubeObject;
  readonly origin: ObjectOrigin;
}

/** The layers of which the objects in force are made; a later layer's object replaces an earlier one's. */
export interface ObjectLayers {
  /** What the mesh itself consists of (`istio-system`); a user may replace each of these objects. */
  readonly builtIn: readonly KubeObject[];
  readonly folder: readonly FolderObject[];
  readonly applied: readonly KubeObject[];
}

/** The objects in force, by key. */
export class ObjectView {
  readonly #byId: ReadonlyMap<string, StoredObject>;

  constructor({ builtIn, folder, applied }: ObjectLayers) {
    const byId = new Map<string, StoredObject>();
    for (const object of builtIn) byId.set(idOf(object), { object, origin: { kind: 'runtime' } });
    for (const { object, file } of folder) byId.set(idOf(object), { object, origin: { kind: 'file', file } });
    for (const object of applied) byId.set(idOf(object), { object, origin: { kind: 'applied' } });
    this.#byId = byId;
  }

  get(key: ObjectKey): StoredObject | undefined {
    return this.#byId.get(renderKey(key));
  }

  all(): readonly StoredObject[] {
    return [...this.#byId.values()];
  }

  /** Every object of a kind, in the order of namespace and name. */
  ofKind(kind: string): readonly KubeObject[] {
    const objects = [...this.#byId.values()]
      .map(({ object }) => object)
      .filter((object) => object.kind === kind);
    return objects.sort((a, b) => compare(sortKey(a), sortKey(b)));
  }
}

function sortKey(object: KubeObject): string {
  const { namespace, name } = keyOf(object);
  return `${namespace}/${name}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
