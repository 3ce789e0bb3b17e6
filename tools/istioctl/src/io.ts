import type { MeshAccess } from './mesh/mesh-access.js';

/** Everything that a command touches outside itself; a test passes its own. */
export interface Io {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly readStdin: () => Promise<string>;
  /** Rejects with Node's error where the file cannot be read. */
  readonly readFile: (path: string) => Promise<string>;
  readonly now: () => Date;
  /** @param dir data folder of the mesh; absent: the usual one */
  readonly openMesh: (dir: string | undefined) => MeshAccess;
}
