import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repository } from './read-docs.js';

/** A row of the table of `docs/parity.md`. */
export interface ParityRow {
  readonly id: string;
  readonly state: string;
  readonly tests: readonly string[];
}

/** Ids of feature rows (`B5.2-14`) and scenarios (`S5-1`, `S9.1`, `S2-B`). */
const id = /\b(?:B[0-9A-E][0-9A-Za-z.]*-\d+|S\d+(?:\.\d+|-[0-9A-Z]+))\b/;

/** What a row says is shown. */
export const states = ['live', 'configuration'] as const;

export function parityRows(text: string): readonly ParityRow[] {
  return text.split('\n').flatMap((line) => {
    const [, first = '', , state = '', tests = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const found = new RegExp(`^${id.source}$`).exec(first);
    if (found === null) return [];
    return [{ id: first, state, tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path) }];
  });
}

/** Ids that tests name: in `ids` of golden cases and in titles of end-to-end tests. The value is the files. */
export function idsInTests(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of testFiles()) {
    for (const [name] of readFileSync(file, 'utf8').matchAll(new RegExp(id, 'g'))) {
      const path = relative(repository, file);
      const files = found.get(name) ?? [];
      found.set(name, files.includes(path) ? files : [...files, path]);
    }
  }
  return found;
}

function testFiles(): readonly string[] {
  const below = (folder: string, wanted: RegExp): string[] =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => wanted.test(file))
      .map((file) => join(repository, folder, file));
  return [...below('tests/golden', /\/traffic\.yaml$/), ...below('tests/src/e2e', /\.test\.ts$/)].sort();
}
