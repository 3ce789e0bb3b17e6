import type { Issue, ResourceRef, SourcePosition } from '@istio-ts/foundation';
import { renderPath, type Finding, type PathKey } from './place.js';

/** Where findings belong: the object, and how its paths are found in the text that it was written in. */
export interface IssueOrigin {
  readonly resource?: ResourceRef | undefined;
  readonly locate?: ((path: readonly PathKey[]) => SourcePosition) | undefined;
}

export function toIssues(findings: readonly Finding[], { resource, locate }: IssueOrigin): readonly Issue[] {
  return findings.map(({ code, severity, path, message }) => ({
    code,
    severity,
    message,
    ...(resource && { resource }),
    path: renderPath(path),
    ...(locate && { position: locate(path) }),
  }));
}

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
