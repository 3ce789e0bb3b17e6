import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { parse } from 'yaml';
import { needs, type Case } from './suite.js';

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

/** Files of a folder that nothing here knows the form of, as cases that are not supported: never silence. */
export function strayCases(dir: string, known: readonly string[]): readonly Case[] {
  return readdirSync(dir)
    .filter((file) => /\.(?:json|ya?ml)$/u.test(file) && !known.includes(file))
    .map((file) => ({ name: `(${basename(file)})`, run: () => needs(`a form for the file ${file}`) }));
}

/** The fields of a value that nothing here reads: a case that has one asks for more than would be checked. */
export function unreadFields(value: object, read: readonly string[]): readonly string[] {
  return Object.keys(value).filter((field) => !read.includes(field));
}
