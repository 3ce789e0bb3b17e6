import { basename } from 'node:path';
import type { Violation } from './check-imports.js';

const vagueWords = ['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'manager', 'data', 'info'];
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|test-support|config|d))?\.(ts|mts|mjs|cjs|js)$/;
/** The field's own terms, though a vague word is in them. */
const established = ['connection-manager', 'data-folder'];
const lineLimit = 400;

/** Files and folders are named for what is inside, files in kebab-case and within the line limit (tables are exempt by name). */
export function checkFile(file: string, text: string): Violation[] {
  const name = basename(file);
  const found: string[] = [];
  if (!kebabCase.test(name)) found.push('a file name is kebab-case');
  const words = established.reduce((left, term) => left.replace(term, ''), file).split(/[-./]/);
  const vague = words.find((word) => vagueWords.includes(word));
  if (vague !== undefined) found.push(`"${vague}" does not say what is inside`);
  const lines = text.split('\n').length - 1;
  if (lines > lineLimit && !/(^|-)table\.m?ts$/.test(name) && !name.endsWith('.test.ts')) {
    found.push(`${lines} lines; split it by kind or by feature (limit ${lineLimit})`);
  }
  return found.map((message) => ({ file, line: 1, message }));
}
