import { err, ok, type Issue, type Result, type SourcePosition } from '@istio-ts/foundation';
import type { Static, TSchema } from '@sinclair/typebox';
import { IssueCode } from '../issue-code.js';
import { LineIndex } from '../manifest/line-index.js';
import { parseYaml } from '../manifest/parse-yaml.js';
import { Place, type Finding, type PathKey } from '../place.js';
import { read } from '../schema/reader.js';
import { hasError, toIssues } from '../to-issues.js';

export interface SettingsText {
  readonly text: string;
  /** How issues name the text. */
  readonly file: string;
}

export interface ParsedSettings<T> {
  readonly value: T;
  readonly locate: (path: readonly PathKey[]) => SourcePosition;
}

/**
 * Reads settings (not objects: no kind, no metadata) of one YAML or JSON document by a schema. Unknown fields are warned of
 * and ignored, since Istio ignores them; an empty text is empty settings.
 */
export function parseSettings<S extends TSchema>(
  schema: S,
  { text, file }: SettingsText,
): Result<ParsedSettings<Static<S>>> {
  const lines = new LineIndex(file, text);
  const outcome = parseYaml(text);
  if ('problems' in outcome) {
    const code = { syntax: IssueCode.Syntax, limit: IssueCode.Limit } as const;
    return err(
      outcome.problems.map(({ kind, message, offset }): Issue => ({
        code: code[kind],
        severity: 'error',
        message,
        position: lines.position(offset),
      })),
    );
  }
  const document = outcome.documents[0];
  const locate = (path: readonly PathKey[]): SourcePosition => lines.position(document?.offsetOf(path) ?? 0);
  const findings: Finding[] = [];
  const value = read(schema, document?.value ?? {}, Place.root(findings, 'warning'));
  const issues = toIssues(findings, { locate });
  return value === undefined || hasError(findings) ? err(issues) : ok({ value, locate }, issues);
}
