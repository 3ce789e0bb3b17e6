import { builtinModules } from 'node:module';
import { join, normalize } from 'node:path';
import type ts from 'typescript';
import type { Project } from './read-project.js';
import { readImports, type ImportSite } from './read-imports.js';
import { layers } from './layers.mjs';

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Libraries of pure functions and types: no Node, no npm package beyond those named. */
const purePackages: Readonly<Record<string, readonly string[]>> = {
  foundation: [],
  'mesh-ir': [],
  'mesh-model': [],
  'envoy-config': [],
  'xds-protocol': [],
  'traffic-simulator': [],
};

/** What build scripts beside a project's sources take from the root's package.json. */
const buildTools = ['esbuild', 'typescript', 'vitest'];

const isBuildScript = (project: Project, file: string): boolean =>
  project.dir === 'tools/setup' || !file.startsWith(`${project.dir}/src/`);

const isTestFile = (file: string): boolean =>
  /\.test(-support)?\.ts$|\/testing\/|^tests\/|^libs\/testkit\//.test(file);

/** Where a file's imports leave its project by a door that the layer table does not open. */
export function checkImports(
  project: Project,
  file: string,
  source: ts.SourceFile,
  all: readonly Project[],
): Violation[] {
  return readImports(source).flatMap((site) => {
    const message = judge(project, file, site, all);
    return message === undefined ? [] : [{ file, line: site.line, message }];
  });
}

function judge(
  project: Project,
  file: string,
  site: ImportSite,
  all: readonly Project[],
): string | undefined {
  const { specifier } = site;
  if (specifier === undefined) {
    return isTestFile(file) || file.endsWith('.mjs')
      ? undefined
      : 'imports a module computed at run time; name it';
  }
  if (specifier.startsWith('.')) return judgeRelative(project, file, specifier);
  if (specifier.startsWith('@istio-ts/')) return judgeProject(project, file, specifier, all);
  return judgePackage(project, file, specifier);
}

function judgeRelative(project: Project, file: string, specifier: string): string | undefined {
  const target = normalize(join(file, '..', specifier));
  if (target.startsWith(`${project.dir}/`)) return undefined;
  if (project.dir === 'tests') return undefined;
  const mayReachTools = project.dir.startsWith('tools/') || isTestFile(file);
  return mayReachTools && target.startsWith('tools/')
    ? undefined
    : `reaches into another project by a relative path (${specifier}); import the package instead`;
}

function judgeProject(
  project: Project,
  file: string,
  specifier: string,
  all: readonly Project[],
): string | undefined {
  const [, name = '', ...rest] = specifier.split('/');
  const target = all.find((other) => other.name === name);
  if (target === undefined) return `imports ${specifier}, which is no project of this workspace`;
  const subPath = rest.length === 0 ? '.' : `./${rest.join('/')}`;
  if (!target.exports.includes(subPath)) return `imports ${specifier}, which ${name} does not export`;
  if (isTestFile(file)) return undefined;
  if (name === 'testkit') return 'imports testkit outside a test';
  const allowed = layers[project.name];
  if (allowed !== undefined && !allowed.includes(name))
    return `${project.name} may not see ${name} (layer table)`;
  const isLibrary = layers[name] !== undefined;
  if (!isLibrary && !project.dir.startsWith('tools/')) return `imports ${specifier}, which is no library`;
  return project.dependencies.has(`@istio-ts/${name}`) ? undefined : absent(specifier);
}

function judgePackage(project: Project, file: string, specifier: string): string | undefined {
  const isBuiltin = specifier.startsWith('node:') || builtinModules.includes(specifier);
  if (isBuiltin && !specifier.startsWith('node:')) return `write node:${specifier}`;
  if (isTestFile(file)) return undefined;
  const allowed = purePackages[project.name];
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (allowed !== undefined && !allowed.includes(name))
    return `${project.name} is pure and may not import ${specifier}`;
  if (isBuiltin || project.dependencies.has(name)) return undefined;
  if (isBuildScript(project, file) && (buildTools.includes(name) || project.devDependencies.has(name)))
    return undefined;
  return absent(specifier);
}

/** Its devDependencies do not count: who installs the package does not get them. */
function absent(specifier: string): string {
  return `imports ${specifier}, absent from the dependencies of its package.json`;
}
