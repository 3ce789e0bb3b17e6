import { renderPosition, type Issue } from '@istio-ts/foundation';
import { resourceKey, type Resource } from '@istio-ts/config-model';
import type { SourceChange, SourceUpdate } from './config-source.js';

/** A file and the folder, by its place in the order of folders, that it was found in. */
export interface FilePlace {
  readonly folder: number;
  readonly path: string;
}

/** What one file says. */
export interface FileContent {
  readonly resources: readonly Resource[];
  readonly issues: readonly Issue[];
}

interface FileState extends FilePlace {
  readonly content: FileContent;
  readonly keys: ReadonlyMap<string, Resource>;
}

/**
 * The objects of several folders of files laid over each other: an object of a later folder replaces the same object of
 * an earlier one; of two in the same folder the first in order of path stands and the other is an issue.
 */
export class ManifestOverlay {
  private readonly files = new Map<string, FileState>();
  private readonly owners = new Map<string, readonly FileState[]>();
  private readonly standing = new Map<string, Resource>();
  private readonly touched = new Set<string>();

  /** The content of a file, or undefined when it is gone. */
  put(place: FilePlace, content: FileContent | undefined): void {
    const before = this.files.get(place.path);
    const after = content === undefined ? undefined : stateOf(place, content);
    if (after === undefined) this.files.delete(place.path);
    else this.files.set(place.path, after);
    const keys = new Set([...(before?.keys.keys() ?? []), ...(after?.keys.keys() ?? [])]);
    for (const key of keys) {
      const others = (this.owners.get(key) ?? []).filter((file) => file !== before);
      const owners = after?.keys.has(key) === true ? [...others, after].sort(byRank) : others;
      if (owners.length > 0) this.owners.set(key, owners);
      else this.owners.delete(key);
      this.touched.add(key);
    }
  }

  content(path: string): FileContent | undefined {
    return this.files.get(path)?.content;
  }

  /** The object that stands, also before `take`. */
  find(key: string): Resource | undefined {
    return this.owners.get(key)?.[0]?.keys.get(key);
  }

  /** What changed since the last call, and all present issues. */
  take(): SourceUpdate {
    const changes = [...this.touched].sort().map((key) => this.change(key));
    this.touched.clear();
    return { changes: changes.filter(({ before, after }) => before !== after), issues: this.issues() };
  }

  private change(key: string): SourceChange {
    const before = this.standing.get(key);
    const after = this.owners.get(key)?.[0]?.keys.get(key);
    if (after === undefined) this.standing.delete(key);
    else this.standing.set(key, after);
    return { key, before, after };
  }

  private issues(): readonly Issue[] {
    const files = [...this.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    const duplicates = [...this.owners.entries()].flatMap(([key, owners]) => duplicateIssues(key, owners));
    return [...files.flatMap(({ content }) => content.issues), ...duplicates];
  }
}

function stateOf(place: FilePlace, content: FileContent): FileState {
  const keys = new Map<string, Resource>();
  for (const resource of content.resources) keys.set(resourceKey(resource), resource);
  return { ...place, content, keys };
}

/** Later folders first; within a folder by path. */
function byRank(a: FileState, b: FileState): number {
  return b.folder - a.folder || (a.path < b.path ? -1 : 1);
}

function duplicateIssues(key: string, owners: readonly FileState[]): readonly Issue[] {
  const [winner, ...others] = owners;
  const standing = winner?.keys.get(key);
  if (winner === undefined || standing === undefined) return [];
  const place = renderPosition(standing.origin.position ?? { file: winner.path });
  return others
    .filter(({ folder }) => folder === winner.folder)
    .map((file) => {
      const { kind, metadata, origin } = file.keys.get(key) ?? standing;
      return {
        code: 'DUPLICATE_OBJECT',
        severity: 'error' as const,
        message: `this object is also in ${place}, which stands; delete one of them`,
        resource: { kind, namespace: metadata.namespace, name: metadata.name },
        position: origin.position ?? { file: file.path },
      };
    });
}
