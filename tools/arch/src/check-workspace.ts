import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
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
  const violations = [
    ...checkTable(projects),
    ...projects.flatMap((project) => checkProject(root, project, projects)),
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

function checkProject(root: string, project: Project, all: readonly Project[]): Violation[] {
  return project.files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return [
      ...checkImports(project, file, source, all),
      ...checkPurity(project, file, source),
      ...checkFile(file, text),
    ];
  });
}
