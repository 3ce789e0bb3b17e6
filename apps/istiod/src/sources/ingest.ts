import { renderIssue, type Issue, type Logger, type Metrics } from '@istio-ts/foundation';
import type { ChangedObject } from '../push/change-record.js';
import type { IssueStore } from '../push/issue-store.js';
import type { ConfigSource, SourceChange, SourceUpdate } from './config-source.js';

export interface IngestOptions {
  readonly sources: readonly ConfigSource[];
  readonly issues: IssueStore;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly changed: (changes: readonly SourceChange[]) => void;
  /** Objects that were refused: they did not reach the mesh. */
  readonly refused: (objects: readonly ChangedObject[], issues: readonly Issue[]) => void;
}

/** Runs all sources; resolves with their first full lists. Later updates go to `changed` and `refused`. */
export async function runSources(
  options: IngestOptions,
  signal: AbortSignal,
): Promise<readonly SourceChange[]> {
  const first: SourceChange[] = [];
  let started = false;
  await Promise.all(
    options.sources.map((source) =>
      source.run(signal, (update) => {
        const refused = note(source.name, update, options);
        if (!started) {
          first.push(...update.changes);
          return;
        }
        if (update.changes.length > 0) options.changed(update.changes);
        if (refused.length > 0) options.refused(refused.map(refusedObject), refused);
      }),
    ),
  );
  started = true;
  return first;
}

/** Counts and logs an update; returns the errors that are new. */
function note(
  source: string,
  { changes, issues }: SourceUpdate,
  { issues: store, metrics, logger }: IngestOptions,
): readonly Issue[] {
  for (const { before, after } of changes) {
    const event = before === undefined ? 'add' : after === undefined ? 'delete' : 'update';
    metrics.increment('pilot_k8s_cfg_events', { type: (after ?? before)?.kind ?? '', event });
  }
  if (changes.length > 0) metrics.increment('pilot_inbound_updates', { type: 'config' }, changes.length);
  const fresh = store.replace(source, issues);
  for (const issue of fresh) log(logger, issue);
  const errors = fresh.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) metrics.increment('pilot_total_rejected_configs', {}, errors.length);
  return errors;
}

/** Errors and warnings with their whole text, notes quietly. */
export function log(logger: Logger, issue: Issue): void {
  if (issue.severity === 'error') logger.error(renderIssue(issue));
  else if (issue.severity === 'warning') logger.warn(renderIssue(issue));
  else logger.debug(renderIssue(issue));
}

function refusedObject({ resource, position }: Issue): ChangedObject {
  if (resource === undefined)
    return { kind: 'File', namespace: '', name: position?.file ?? '', op: 'refused' };
  return { kind: resource.kind, namespace: resource.namespace ?? '', name: resource.name, op: 'refused' };
}
