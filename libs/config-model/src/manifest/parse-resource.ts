import {
  err,
  ok,
  type Issue,
  type ResourceRef,
  type Result,
  type SourcePosition,
} from '@istio-ts/foundation';
import { IssueCode } from '../issue-code.js';
import { findKind, groupOf, kinds, requiresSpec, type KindEntry, type KindName } from '../kinds.js';
import { Place, type Finding, type PathKey } from '../place.js';
import { hasError, toIssues } from '../to-issues.js';
import type { Origin, Resource } from '../resource.js';
import { specSchema, statusSchema } from '../schemas.js';
import { describeValue } from '../schema/describe-value.js';
import { isPlainObject, type PlainObject } from '../schema/plain-object.js';
import { read } from '../schema/reader.js';
import { suggest } from '../nearest-name.js';
import { validateResource } from '../validate-resource.js';
import type { ValidationOptions } from '../validation-options.js';
import { isUnreadKind } from './kubernetes-kinds.js';
import { parseMetadata } from './parse-metadata.js';

/** Where a decoded object comes from, and how it is to be read. */
export interface ParseContext extends ValidationOptions {
  readonly source: string;
  readonly cluster: string;
  /** Namespace of namespaced objects that name none; `default` where it is absent. */
  readonly defaultNamespace?: string;
  /** Finds a path of this object in the text that it was written in. */
  readonly locate?: (path: readonly PathKey[]) => SourcePosition;
}

/**
 * Reads one decoded object: kind, metadata, content by the kind's schema, then the checks of the kind. Refused objects come
 * back as issues; so do kinds that are passed over (severity `info`). An object of a kind that is known and not enforced
 * is accepted with an error-level issue, so that whoever holds it can go on saying so. Never throws.
 */
export function parseResource(value: unknown, context: ParseContext): Result<Resource> {
  if (!isPlainObject(value)) {
    return err([
      shapeIssue(
        `expected an object with apiVersion, kind and metadata, found ${describeValue(value)}`,
        context,
      ),
    ]);
  }
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    const missing = typeof apiVersion === 'string' ? 'kind' : 'apiVersion';
    return err([shapeIssue(`${missing} is required, and is text`, context, refOf(value))]);
  }
  const entry = findKind(apiVersion, kind);
  if (entry === undefined) return err([unreadIssue(apiVersion, kind, { value, context })]);
  return parseKnown(value, { entry, apiVersion, context });
}

interface Known {
  readonly entry: KindEntry & { readonly name: KindName };
  readonly apiVersion: string;
  readonly context: ParseContext;
}

function parseKnown(value: PlainObject, { entry, apiVersion, context }: Known): Result<Resource> {
  const findings: Finding[] = [];
  const place = Place.root(findings);
  checkVersion(apiVersion, entry, place.at('apiVersion'));
  if (entry.fields === 'strict') checkTopFields(value, place);
  const defaultNamespace = context.defaultNamespace ?? 'default';
  const metadata = parseMetadata(value['metadata'], { entry, defaultNamespace }, place.at('metadata'));
  const spec = readSpec(value, entry, place);
  const status = readStatus(value['status'], entry.name);
  const ref = metadata && { kind: entry.name, name: metadata.name, ...namespaceOf(metadata.namespace) };
  if (!hasError(findings)) checkAsApiServer(value, { entry, apiVersion, context }, place);
  if (metadata === undefined || spec === undefined || hasError(findings)) {
    return err(toIssues(findings, { resource: ref ?? refOf(value), locate: context.locate }));
  }
  const origin = originOf(context);
  const resource = {
    kind: entry.name,
    apiVersion,
    metadata,
    spec,
    ...(isPlainObject(status) && { status }),
    origin,
  } as Resource;
  validateResource(resource, place, context);
  const issues = [
    ...toIssues(findings, { resource: ref, locate: context.locate }),
    ...notEnforced(entry, context, ref),
  ];
  return hasError(findings) ? err(issues) : ok(resource, issues);
}

function originOf({ source, cluster, locate }: ParseContext): Origin {
  return { source, cluster, ...(locate && { position: locate([]) }) };
}

function checkVersion(apiVersion: string, { kind, versions, group }: KindEntry, place: Place): void {
  const version = apiVersion.slice(apiVersion.lastIndexOf('/') + 1);
  if (versions.includes(version)) return;
  const usable = versions.map((each) => (group === '' ? each : `${group}/${each}`));
  place.error(`${kind} has no version ${JSON.stringify(version)}; use ${usable.join(' or ')}`);
}

const topFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

function checkTopFields(value: PlainObject, place: Place): void {
  for (const name of Object.keys(value)) {
    if (topFields.includes(name)) continue;
    place.at(name).error(`there is no field ${JSON.stringify(name)} here${suggest(name, topFields)}`);
  }
}

/** What a status says where it is well formed; nobody writes one by hand, so its mistakes are not reported. */
function readStatus(value: unknown, kind: KindName): unknown {
  return isPlainObject(value) ? read(statusSchema(kind), value, Place.root([])) : undefined;
}

function readSpec(value: PlainObject, entry: KindEntry & { readonly name: KindName }, place: Place): unknown {
  const schema = specSchema(entry.name);
  if (entry.body === 'spec') return read(schema, value['spec'] ?? {}, place.at('spec'));
  const rest = Object.entries(value).filter(([name]) => !topFields.includes(name));
  return read(schema, Object.fromEntries(rest), place);
}

/** Kubernetes' own kinds have schemas of their own there; ours say only what the mesh reads. */
function checkAsApiServer(value: PlainObject, { entry, context }: Known, place: Place): void {
  if (entry.fields !== 'strict' || context.apiServer === undefined) return;
  const { spec } = value;
  if (spec === null) place.at('spec').error('is null; leave it out');
  else if (spec === undefined && requiresSpec.includes(entry.name)) place.at('spec').error('is required');
  else context.apiServer.check(specSchema(entry.name), spec ?? {}, place.at('spec'));
}

function notEnforced(
  entry: KindEntry,
  { locate }: ParseContext,
  resource: ResourceRef | undefined,
): readonly Issue[] {
  if (entry.status === 'enforced') return [];
  const message = `${entry.kind} (${entry.group}) is kept and not carried out: this version does not enforce it yet`;
  return [
    {
      code: IssueCode.KindNotEnforced,
      severity: 'error',
      message,
      ...(resource && { resource }),
      ...(locate && { position: locate([]) }),
    },
  ];
}

function shapeIssue(message: string, { locate }: ParseContext, resource?: ResourceRef): Issue {
  return {
    code: IssueCode.Shape,
    severity: 'error',
    message,
    ...(resource && { resource }),
    ...(locate && { position: locate([]) }),
  };
}

function unreadIssue(
  apiVersion: string,
  kind: string,
  { value, context: { locate } }: { readonly value: PlainObject; readonly context: ParseContext },
): Issue {
  const resource = refOf(value);
  const where = { ...(resource && { resource }), ...(locate && { position: locate(['kind']) }) };
  if (isUnreadKind(groupOf(apiVersion), kind)) {
    return {
      code: IssueCode.KindNotRead,
      severity: 'info',
      message: `${kind} means nothing to the mesh and is passed over`,
      ...where,
    };
  }
  const message = `there is no kind ${describeValue(kind)} in apiVersion ${describeValue(apiVersion)}${hint(kind)}`;
  return { code: IssueCode.UnknownKind, severity: 'error', message, ...where };
}

function hint(kind: string): string {
  const sameKind = kinds.filter((entry) => entry.kind === kind);
  if (sameKind.length === 0)
    return suggest(
      kind,
      kinds.map((entry) => entry.kind),
    );
  const versions = sameKind.map(({ group, versions: [newest] }) =>
    group === '' ? newest : `${group}/${newest}`,
  );
  return `; ${kind} belongs to ${versions.join(' or ')}`;
}

function namespaceOf(namespace: string): { readonly namespace?: string } {
  return namespace === '' ? {} : { namespace };
}

/** As much of a reference as a broken object gives. */
function refOf({ kind, metadata }: PlainObject): ResourceRef | undefined {
  if (typeof kind !== 'string' || !isPlainObject(metadata) || typeof metadata['name'] !== 'string')
    return undefined;
  const { name, namespace } = metadata;
  return { kind, name, ...(typeof namespace === 'string' && namespaceOf(namespace)) };
}
