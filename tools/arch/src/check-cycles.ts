import { join } from 'node:path/posix';
import type ts from 'typescript';
import type { Violation } from './check-imports.js';
import { readImports } from './read-imports.js';

interface Edge {
  readonly to: string;
  readonly line: number;
}

/**
 * Files that need each other to be loaded: such a pair is one file in two places, and which of them finds the other
 * half-made depends on who asks first. Imports that leave nothing at run time (types) do not count, nor do those
 * that run later (`import()`).
 *
 * @param sources every file of the workspace, by its path from the root
 */
export function checkCycles(sources: ReadonlyMap<string, ts.SourceFile>): Violation[] {
  const graph = new Map([...sources].map(([file, source]) => [file, edgesOf(file, source, sources)]));
  return findLoops(graph).map((loop) => report(loop, graph));
}

function edgesOf(
  file: string,
  source: ts.SourceFile,
  sources: ReadonlyMap<string, ts.SourceFile>,
): readonly Edge[] {
  return readImports(source).flatMap(({ specifier, line, isValue }) => {
    if (!isValue || specifier?.startsWith('.') !== true) return [];
    const path = join(file, '..', specifier);
    const to = [path, path.replace(/js$/, 'ts')].find((candidate) => sources.has(candidate));
    return to === undefined ? [] : [{ to, line }];
  });
}

/** At least one loop of every group of files that reach each other: a walk in depth that remembers its way. */
function findLoops(graph: ReadonlyMap<string, readonly Edge[]>): readonly (readonly string[])[] {
  const loops: (readonly string[])[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): void => {
    if (done.has(file)) return;
    const start = way.indexOf(file);
    if (start >= 0) {
      loops.push(way.slice(start));
      return;
    }
    way.push(file);
    for (const { to } of graph.get(file) ?? []) visit(to);
    way.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return loops;
}

function report(loop: readonly string[], graph: ReadonlyMap<string, readonly Edge[]>): Violation {
  const [file = '', next = file] = loop;
  const line = graph.get(file)?.find(({ to }) => to === next)?.line ?? 1;
  return { file, line, message: `imports in a circle: ${[...loop, file].join(' → ')}` };
}
