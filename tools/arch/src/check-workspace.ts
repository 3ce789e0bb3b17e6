import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { checkCycles } from './check-cycles.js';
import { checkImports, type Violation } from './check-imports.js';
import { checkFile } from './check-names.js';
import { checkPurity } from './check-purity.js';
import { layers } from './layers.mjs';
import { readProject, type Project } from './read-project.js';

const groups = ['apps', 'libs', 'tools'];
const single = ['samples/apps', 'tests'];

/** Every rule over every source file. Throws where a project, a file or the table cannot be read: it fails closed. */
export function checkWorkspace(root: string): {
  readonly files: number;
  readonly violations: readonly Violation[];
} {
  const projects = projectDirs(root).map((dir) => readProject(root, dir));
  const sources = new Map(projects.flatMap(({ files }) => files).map((file) => [file, parse(root, file)]));
  const violations = [
    ...checkTable(projects),
    ...projects.flatMap((project) => checkProject(project, projects, sources)),
    ...checkCycles(sources),
  ];
  const files = projects.reduce((sum, project) => sum + project.files.length, 0);
  if (files === 0) throw new Error(`no source files under ${root}: nothing was checked`);
  return { files, violations };
}

function projectDirs(root: string): string[] {
  const grouped = groups.flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`));
  return [...grouped, ...single].filter((dir) => existsSync(join(root, dir, 'package.json')));
}

/** The table names every library, and no library that is not there. */
function checkTable(projects: readonly Project[]): Violation[] {
  const libs = projects.filter(({ dir }) => dir.startsWith('libs/')).map(({ name }) => name);
  const missing = libs.filter((name) => layers[name] === undefined);
  const stale = Object.keys(layers).filter((name) => !libs.includes(name));
  return [...missing, ...stale].map((name) => ({
    file: 'tools/arch/src/layers.mjs',
    line: 1,
    message: `${name}: the layer table and the folders under libs/ disagree`,
  }));
}

function checkProject(
  project: Project,
  all: readonly Project[],
  sources: ReadonlyMap<string, ts.SourceFile>,
): Violation[] {
  return project.files.flatMap((file) => {
    const source = sources.get(file);
    if (source === undefined) throw new Error(`${file} was not read`);
    return [
      ...checkImports(project, file, source, all),
      ...checkPurity(project, file, source),
      ...checkFile(file, source.text),
    ];
  });
}

function parse(root: string, file: string): ts.SourceFile {
  const text = readFileSync(join(root, file), 'utf8');
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}
