import { renderIssue, type Issue, type Logger } from '@istio-ts/foundation';

/** Errors and warnings with their whole text, notes quietly. */
export function logIssue(logger: Logger, issue: Issue): void {
  if (issue.severity === 'error') logger.error(renderIssue(issue));
  else if (issue.severity === 'warning') logger.warn(renderIssue(issue));
  else logger.debug(renderIssue(issue));
}
