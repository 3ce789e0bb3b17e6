import { err, ok, type Result } from '@istio-ts/foundation';
import { IssueCode } from '../issue-code.js';
import { findKind, kindEntry, type KindName } from '../kinds.js';
import { isKind, type Resource } from '../resource.js';
import { describeValue } from '../schema/describe-value.js';
import { isPlainObject } from '../schema/plain-object.js';
import { parseResource, type ParseContext } from './parse-resource.js';

/**
 * As `parseResource`, where the kind is known beforehand: the result has its type, and an object of any other kind is
 * refused. Never throws.
 */
export function parseKind<K extends KindName>(
  kind: K,
  value: unknown,
  context: ParseContext,
): Result<Resource<K>> {
  if (!isOfKind(value, kind)) return err([otherKind(kind, value, context)]);
  const parsed = parseResource(value, context);
  if (!parsed.ok) return parsed;
  return isKind(parsed.value, kind) ? ok(parsed.value, parsed.issues) : err(parsed.issues);
}

function isOfKind(value: unknown, wanted: KindName): boolean {
  if (!isPlainObject(value)) return false;
  const { apiVersion, kind } = value;
  return (
    typeof apiVersion === 'string' && typeof kind === 'string' && findKind(apiVersion, kind)?.name === wanted
  );
}

function otherKind(wanted: KindName, value: unknown, { locate }: ParseContext) {
  const { kind, group, versions } = kindEntry(wanted);
  const apiVersion = group === '' ? versions[0] : `${group}/${versions[0]}`;
  const found = isPlainObject(value)
    ? `kind ${describeValue(value['kind'])} in apiVersion ${describeValue(value['apiVersion'])}`
    : describeValue(value);
  return {
    code: IssueCode.Shape,
    severity: 'error',
    message: `expected kind ${kind} in apiVersion ${apiVersion}, found ${found}`,
    ...(locate && { position: locate([]) }),
  } as const;
}
