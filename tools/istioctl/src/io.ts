import type { MeshAccess } from './mesh/mesh-access.js';

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Everything that a command touches outside itself; a test passes its own. */
export interface Io {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly readStdin: () => Promise<string>;
  /** Rejects with Node's error where the file cannot be read. */
  readonly readFile: (path: string) => Promise<string>;
  /** What is in a folder, in any order; undefined where the path is a file. Rejects where there is neither. */
  readonly listFolder: (path: string) => Promise<readonly FolderEntry[] | undefined>;
  /** Whether what is printed may have colours: a person sees it. */
  readonly colors: boolean;
  readonly now: () => Date;
  /** @param dir data folder of the mesh; absent: the usual one */
  readonly openMesh: (dir: string | undefined) => MeshAccess;
}
