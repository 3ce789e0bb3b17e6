import { readFileSync } from 'node:fs';
import { ManifestText, parsePath } from '@istio-ts/config-model';
import { renderExcerpt, type SourcePosition } from '@istio-ts/foundation';
import { isRecord, numberAt, textAt } from '../store/json-record.js';

/** The lines of the file around a place; nothing where the file is gone. */
export function excerptOf(position: SourcePosition): readonly string[] {
  const text = readText(position.file);
  return text === undefined ? [] : renderExcerpt(text, position).split('\n').slice(0, -1);
}

/**
 * An issue of objects together knows where its object begins and the path in it; this finds where that path stands in the
 * file. What cannot be found leaves the issue as it is.
 */
export function locateIssue(issue: unknown): unknown {
  const position = positionOf(issue);
  const path = textAt(issue, 'path');
  if (!isRecord(issue) || position === undefined || path === undefined) return issue;
  const text = readText(position.file);
  if (text === undefined) return issue;
  return { ...issue, position: new ManifestText(position.file, text).locate(position, parsePath(path)) };
}

/** The place of an issue that is known to the column. */
export function positionOf(issue: unknown): SourcePosition | undefined {
  const file = textAt(issue, 'position', 'file');
  const line = numberAt(issue, 'position', 'line');
  const column = numberAt(issue, 'position', 'column');
  return file === undefined || line === undefined || column === undefined
    ? undefined
    : { file, line, column };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
