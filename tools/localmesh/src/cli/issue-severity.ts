import { textAt } from '../store/json-record.js';

/** Whether an issue, as the control plane sends it, says that something is not in force. */
export function hasErrorSeverity(issue: unknown): boolean {
  return textAt(issue, 'severity') === 'error';
}
