import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseAllDocuments } from 'yaml';
import { isRecord, numberAt, recordAt, textAt } from '../store/json-record.js';

const longestLine = 120;

/**
 * The place of a mistake in a file, with the line before it and a mark below the column; nothing where the file is gone.
 * Line and column count from 1.
 */
export function excerptOf(file: string, line: number, column: number): readonly string[] {
  const lines = readText(file)?.split('\n') ?? [];
  const width = String(line).length;
  const row = (number: number) => {
    const content = lines[number - 1];
    if (content === undefined) return [];
    return [`    ${String(number).padStart(width)} | ${content.slice(0, longestLine)}`.trimEnd()];
  };
  const shown = row(line);
  if (shown.length === 0) return [];
  return [...row(line - 1), ...shown, `    ${' '.repeat(width)} | ${' '.repeat(Math.max(0, column - 1))}^`];
}

/**
 * An issue knows where its object begins and the path in it; this finds where that path stands in the file. What cannot be
 * found leaves the issue as it is.
 */
export function locateIssue(issue: unknown): unknown {
  const [file, line, path] = [
    textAt(issue, 'position', 'file'),
    numberAt(issue, 'position', 'line'),
    textAt(issue, 'path'),
  ];
  if (!isRecord(issue) || file === undefined || line === undefined || path === undefined) return issue;
  const text = readText(file);
  const place = text === undefined ? undefined : placeOf(text, line, path);
  return place === undefined ? issue : { ...issue, position: { ...recordAt(issue, 'position'), ...place } };
}

/** Where a path of the document that begins at a line, or as much of it as is there, is written. */
export function placeOf(
  text: string,
  line: number,
  path: string,
): { readonly line: number; readonly column: number } | undefined {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, logLevel: 'error' });
  const document = [...documents].reverse().find(({ contents }) => {
    const start = isNode(contents) ? contents.range[0] : undefined;
    return start !== undefined && counter.linePos(start).line <= line;
  });
  for (let keys = keysOf(path); keys.length > 0; keys = keys.slice(0, -1)) {
    const node = document?.getIn(keys, true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start === undefined) continue;
    const { line: at, col } = counter.linePos(start);
    return { line: at, column: col };
  }
  return undefined;
}

/** `spec.http[0].match` as keys. */
function keysOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\["([^"]+)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
