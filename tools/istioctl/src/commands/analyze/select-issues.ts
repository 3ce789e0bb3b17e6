import { displayKind, listMessages } from '@istio-ts/config-analysis';
import { IssueCode } from '@istio-ts/config-model';
import { MeshError, MeshErrorCode, type Issue, type ResourceRef, type Severity } from '@istio-ts/foundation';
import type { Io } from '../../io.js';

export const levels = ['Info', 'Warning', 'Error'] as const;
export type Level = (typeof levels)[number];

const levelOf: Readonly<Record<Severity, Level>> = { info: 'Info', warning: 'Warning', error: 'Error' };

export function renderLevel({ severity }: Issue): Level {
  return levelOf[severity];
}

export function isAtLeast(issue: Issue, level: Level): boolean {
  return levels.indexOf(renderLevel(issue)) >= levels.indexOf(level);
}

/** `VirtualService catalog.istioinaction`, `Namespace default`: the object as messages and suppressions call it. */
export function renderOrigin({ kind, name, namespace }: ResourceRef): string {
  return `${displayKind(kind)} ${name}${namespace === undefined || namespace === '' ? '' : `.${namespace}`}`;
}

/** The namespace that an object belongs to; a Namespace belongs to itself. */
function namespaceOf({ kind, name, namespace }: ResourceRef): string | undefined {
  return kind === 'Namespace' ? name : namespace;
}

export interface Scope {
  /** Undefined: all. */
  readonly namespace: string | undefined;
  /** Whether what was written in the given files is shown wherever it is. */
  readonly withFiles: boolean;
}

export function isInScope({ resource, position }: Issue, { namespace, withFiles }: Scope): boolean {
  if (namespace === undefined || resource === undefined) return true;
  if (withFiles && position !== undefined) return true;
  return namespaceOf(resource) === namespace;
}

export type Suppression = (issue: Issue) => boolean;

const knownCodes: ReadonlySet<string> = new Set([
  ...listMessages().map(({ code }) => code),
  ...Object.values(IssueCode),
]);

/**
 * Reads `IST0103=Pod mypod.testing`; a `*` stands for any part of the object. A code that there is not is told.
 * Throws a MeshError (USAGE) where it is not of this form.
 */
export function parseSuppression(text: string, io: Pick<Io, 'writeError'>): Suppression {
  const [, code, pattern] = /^([^=]+)=(.+)$/u.exec(text) ?? [];
  if (code === undefined || pattern === undefined) {
    throw new MeshError(
      MeshErrorCode.Usage,
      `"${text}" is no suppression: write CODE=KIND NAME.NAMESPACE, such as "IST0102=Namespace default"`,
    );
  }
  if (!knownCodes.has(code)) {
    io.writeError(
      `Warning: Supplied message code '${code}' is an unknown message code and will not have any effect.\n`,
    );
  }
  const words = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  const objects = new RegExp(`^${words.join('.*')}$`, 'u');
  return (issue) =>
    issue.code === code && objects.test(issue.resource === undefined ? '' : renderOrigin(issue.resource));
}

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Errors first, then by code, object, place and words. */
export function compareIssues(a: Issue, b: Issue): number {
  const difference = weight[a.severity] - weight[b.severity];
  if (difference !== 0) return difference;
  return sortKey(a) < sortKey(b) ? -1 : 1;
}

function sortKey({ code, resource, position, message }: Issue): string {
  const { file = '', line = 0, column = 0 } = position ?? {};
  const place = `${file} ${String(line).padStart(7, '0')} ${String(column).padStart(7, '0')}`;
  return [code, resource === undefined ? '' : renderOrigin(resource), place, message].join('\u0000');
}
