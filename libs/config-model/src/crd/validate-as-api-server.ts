import type { Issue } from '@istio-ts/foundation';
import { findKind, requiresSpec } from '../kinds.js';
import { Place, type Finding } from '../place.js';
import { hasError, toIssues } from '../to-issues.js';
import { specSchema } from '../schemas.js';
import { isPlainObject } from '../schema/plain-object.js';
import { read } from '../schema/reader.js';
import { apiServerRules } from './evaluate-rules.js';

/**
 * What an API server that has our CRDs would refuse in an object of one of Istio's kinds: types, bounds, unknown fields,
 * and then rules. What Istio's own checks say is not in it. Undefined for objects of other kinds.
 */
export function validateAsApiServer(object: unknown): readonly Issue[] | undefined {
  if (!isPlainObject(object)) return undefined;
  const { apiVersion, kind, spec } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const entry = findKind(apiVersion, kind);
  if (entry?.fields !== 'strict') return undefined;
  const findings: Finding[] = [];
  const place = Place.root(findings).at('spec');
  const schema = specSchema(entry.name);
  if (spec === null) place.error('is null; leave it out');
  else if (spec === undefined && requiresSpec.includes(entry.name)) place.error('is required');
  else {
    read(schema, spec ?? {}, place);
    if (!hasError(findings)) apiServerRules.check(schema, spec ?? {}, place);
  }
  return toIssues(findings, {});
}
