import { renderPath, type PathKey, type Resource } from '@istio-ts/config-model';
import type { Issue, Severity } from '@istio-ts/foundation';
import { refOf } from '../snapshot/origin.js';
import type { MeshIssueCode } from './issue-code.js';

interface Content {
  readonly code: MeshIssueCode;
  readonly severity: Severity;
  readonly path?: readonly PathKey[];
  readonly message: string;
}

/** An issue of an object, at a path in it, with the place in the user's files. */
export function raiseIssue(resource: Resource, { code, severity, path, message }: Content): Issue {
  const { position } = resource.origin;
  return {
    code,
    severity,
    message,
    resource: refOf(resource),
    ...(path !== undefined && { path: renderPath(path) }),
    ...(position !== undefined && { position }),
  };
}
