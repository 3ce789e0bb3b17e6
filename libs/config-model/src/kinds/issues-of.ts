import type { KindName } from '../kinds.js';
import { kindEntry } from '../kinds.js';
import { parseResource, type ParseContext } from '../manifest/parse-resource.js';

/** For tests: the issues of an object with the given content, one text each. */
export function issuesOf(
  kind: KindName,
  spec: object,
  options: Partial<ParseContext> = {},
): readonly string[] {
  const { group, versions } = kindEntry(kind);
  const apiVersion = group === '' ? versions[0] : `${group}/${versions[0]}`;
  const result = parseResource(
    { apiVersion, kind, metadata: { name: 'test' }, spec },
    { source: 'test', cluster: 'test', ...options },
  );
  const issues = result.ok ? result.issues : result.error;
  return issues.map(({ severity, path = '', message }) => `${severity} ${path}: ${message}`);
}
