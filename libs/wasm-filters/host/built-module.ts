import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..');

/** The compiled filter. Compiles it first when a source is newer, so that a test never drives yesterday's module. */
export function builtModule(name: string): Buffer {
  const path = modulePath(name);
  if (isStale(path)) execFileSync(process.execPath, [join(project, 'build.mjs')], { stdio: 'pipe' });
  return readFileSync(path);
}

export function modulePath(name: string): string {
  return join(project, 'dist', `${name}.wasm`);
}

function isStale(path: string): boolean {
  const built = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const assembly = readdirSync(join(project, 'assembly'), { recursive: true, encoding: 'utf8' });
  const sources = ['build.mjs', ...assembly.map((file) => join('assembly', file))];
  return sources.some((source) => statSync(join(project, source)).mtimeMs > built);
}
