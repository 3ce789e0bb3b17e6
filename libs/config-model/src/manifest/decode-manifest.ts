import { err, ok, type Issue, type Result } from '@istio-ts/foundation';
import { IssueCode } from '../issue-code.js';
import { LineIndex } from './line-index.js';
import { parseYaml } from './parse-yaml.js';

/**
 * One document of YAML or JSON as plain values, read as `parseManifests` reads it and with its limits, and not judged: for
 * `parseResource`, `validateAsApiServer`, or checks of your own. Never throws.
 */
export function decodeManifest(text: string, file = 'manifest'): Result<unknown> {
  const outcome = parseYaml(text);
  if ('documents' in outcome) return ok(outcome.documents[0]?.value);
  const lines = new LineIndex(file, text);
  return err(
    outcome.problems.map(({ kind, message, offset }): Issue => ({
      code: kind === 'limit' ? IssueCode.Limit : IssueCode.Syntax,
      severity: 'error',
      message,
      position: lines.position(offset),
    })),
  );
}
