import type { Finding } from './finding.js';

/** Annotation with codes, separated by commas, that are not wanted for an object; `*` is all of them. */
const annotation = 'galley.istio.io/analyze-suppress';

export function isSuppressed({ object, issue }: Finding): boolean {
  const codes = object.metadata.annotations[annotation];
  if (codes === undefined) return false;
  return codes.split(',').some((code) => ['*', issue.code].includes(code.trim()));
}
