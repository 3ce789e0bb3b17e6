import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

/** One project of the workspace, as far as the rules read it. */
export interface Project {
  readonly name: string;
  /** Folder relative to the root, `libs/mesh-ir`. */
  readonly dir: string;
  /** Names in `dependencies` of its package.json: what its code may need when it runs. */
  readonly dependencies: ReadonlySet<string>;
  /** Names in `devDependencies`: for its tests and for the scripts that build it. */
  readonly devDependencies: ReadonlySet<string>;
  /** Sub-paths that its package.json exports: `.`, `./stats.wasm`. */
  readonly exports: readonly string[];
  /** Its source files, relative to the root, tests included. */
  readonly files: readonly string[];
}

interface PackageJson {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const notSource = new Set(['node_modules', 'dist', 'gen', 'build', 'coverage', 'assembly', 'testdata']);
const sourceName = /\.(ts|mts|cts|mjs|js|cjs)$/;

/** Throws where a folder cannot be read or is no project: what cannot be seen cannot be called clean. */
export function readProject(root: string, dir: string): Project {
  const json = JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8')) as PackageJson;
  const name = json.name?.replace('@istio-ts/', '');
  if (name === undefined) throw new Error(`${dir}/package.json has no name`);
  return {
    name,
    dir,
    dependencies: new Set(Object.keys(json.dependencies ?? {})),
    devDependencies: new Set(Object.keys(json.devDependencies ?? {})),
    exports: Object.keys(json.exports ?? {}),
    files: sourceFiles(join(root, dir)).map((file) => relative(root, file)),
  };
}

function sourceFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return notSource.has(basename(path)) ? [] : sourceFiles(path);
    return sourceName.test(entry.name) ? [path] : [];
  });
}
