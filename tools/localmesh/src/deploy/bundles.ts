import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { invariant, MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { hasErrno } from '../platform/errno.js';
import { textAt } from '../store/json-record.js';
import { components, distFolders, programs, type Build, type Component } from './component.js';

/** Below the folder of the bundles, beside those of the components. */
const ownProgram = 'localmesh/localmesh.js';
const sampleFolder = 'samples';

/**
 * What the mesh runs, as copies of what was built: building again changes nothing that runs, and what crashes comes back
 * as it was. A component's copies lie in `<folder>/<component>/<build>`.
 */
export class Bundles {
  readonly #current = new Map<Component, Build>();

  constructor(
    private readonly place: {
      readonly repository: string;
      /** As pods see it. */
      readonly folder: string;
    },
  ) {}

  /** The sample applications. */
  get samples(): string {
    return join(this.place.folder, sampleFolder);
  }

  /** This tool's own program, for helpers inside pods. */
  get helper(): string {
    return join(this.place.folder, ownProgram);
  }

  /** Copies everything anew; `plain` meshes have no components. */
  async fill({ plain }: { readonly plain: boolean }): Promise<void> {
    const { repository, folder } = this.place;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await cp(join(repository, 'tools/localmesh/dist/localmesh.js'), this.helper);
    await cp(join(repository, 'samples/apps/dist'), this.samples, {
      recursive: true,
      dereference: true,
    }).catch(ignoreAbsence);
    if (!plain) for (const component of components) this.use(await this.take(component));
  }

  /** The build that pods started from now on get. */
  current(component: Component): Build {
    const build = this.#current.get(component);
    invariant(build !== undefined, `no build of ${component} was taken`);
    return build;
  }

  use(build: Build): void {
    this.#current.set(build.component, build);
  }

  /** Copies what `nx build` made of a component last. Throws a MeshError where nothing was built. */
  async take(component: Component): Promise<Build> {
    const { repository, folder } = this.place;
    const dist = join(repository, distFolders[component]);
    const draft = join(folder, component, '.new');
    await rm(draft, { recursive: true, force: true });
    await cp(dist, draft, {
      recursive: true,
      dereference: true,
      filter: (path) => !path.endsWith('.map'),
    }).catch(notBuilt(dist));
    const id = await hashOf(draft);
    const kept = join(folder, component, id);
    await rename(draft, kept).catch(async (cause: unknown) => {
      if (!hasErrno(cause, 'ENOTEMPTY') && !hasErrno(cause, 'EEXIST')) throw cause;
      await rm(draft, { recursive: true });
    });
    const manifest: unknown = JSON.parse(await readFile(join(dist, '../package.json'), 'utf8'));
    const version = textAt(manifest, 'version') ?? '0.0.0';
    return { component, id, version, program: join(kept, programs[component]) };
  }
}

function notBuilt(dist: string): (cause: unknown) => never {
  return (cause) => {
    if (!hasErrno(cause, 'ENOENT')) throw cause;
    throw new MeshError(MeshErrorCode.FileSystem, `${dist} is not there: run "npm run build" first`, {
      cause,
    });
  };
}

function ignoreAbsence(cause: unknown): void {
  if (!hasErrno(cause, 'ENOENT')) throw cause;
}

/** Over names and contents, in order of name. */
async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    hash.update(`${file.slice(folder.length)}\0`);
    hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 10);
}
