import type { AnalysisIssue } from '@istio-ts/config-analysis';
import type { ManifestText } from '@istio-ts/config-model';
import type { Issue } from '@istio-ts/foundation';

/** Analysis knows where an object begins; its text tells where in it the issue is. Other issues know their place. */
export function withPlace(issue: Issue | AnalysisIssue, texts: ReadonlyMap<string, ManifestText>): Issue {
  const { position } = issue;
  const text = position === undefined ? undefined : texts.get(position.file);
  if (position === undefined || text === undefined || !('name' in issue)) return issue;
  return { ...issue, position: text.locate(position, issue.place ?? []) };
}
