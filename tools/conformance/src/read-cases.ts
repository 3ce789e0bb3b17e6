import { readFileSync } from 'node:fs';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { parse } from 'yaml';

/** A file of a suite as plain values; JSON is YAML too. Throws a MeshError that names the file. */
export function readFileValue(path: string): unknown {
  try {
    const text = readFileSync(path, 'utf8');
    return path.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 });
  } catch (error) {
    throw MeshError.from(error, `reading the cases of ${path}`);
  }
}

/** The `cases` of a JSON file of the form `{ suite, source, cases: [{ name, … }] }`; each suite knows their fields. */
export function readCases(path: string): readonly unknown[] {
  const { cases } = readFileValue(path) as { readonly cases?: unknown };
  if (Array.isArray(cases)) return cases as readonly unknown[];
  throw new MeshError(MeshErrorCode.Usage, `${path} has no list "cases"`);
}
