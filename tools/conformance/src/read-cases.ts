import { readFileSync } from 'node:fs';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { parse } from 'yaml';

/** A file of a suite as plain values; JSON is YAML too. Throws a MeshError that names the file. */
export function readFileValue<T>(path: string): T {
  try {
    const text = readFileSync(path, 'utf8');
    return (path.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 })) as T;
  } catch (error) {
    throw MeshError.from(error, `reading the cases of ${path}`);
  }
}

/** The `cases` of a JSON file of the form `{ suite, source, cases: [{ name, … }] }`. */
export function readCases<T extends { readonly name: string }>(path: string): readonly T[] {
  const { cases } = readFileValue<{ readonly cases?: readonly T[] }>(path);
  if (Array.isArray(cases)) return cases;
  throw new MeshError(MeshErrorCode.Usage, `${path} has no list "cases"`);
}
