import type { Issue, Logger, Metrics } from '@istio-ts/foundation';
import type { IssueDifference } from '../analysis/issue-difference.js';
import type { ChangedObject } from '../push/change-record.js';
import type { IssueStore } from '../push/issue-store.js';
import { logIssue } from '../telemetry/log-issue.js';
import type { ConfigSource, SourceChange, SourceUpdate } from './config-source.js';

export interface IngestOptions {
  readonly sources: readonly ConfigSource[];
  readonly issues: IssueStore;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Changes, and what reading them says beside what is refused. */
  readonly changed: (changes: readonly SourceChange[], noted: IssueDifference) => void;
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
        const { raised, cleared } = note(source.name, update, options);
        if (!started) {
          first.push(...update.changes);
          return;
        }
        const refused = raised.filter(isRefusal);
        options.changed(update.changes, { raised: raised.filter((issue) => !isRefusal(issue)), cleared });
        if (refused.length > 0) options.refused(refused.map(refusedObject), refused);
      }),
    ),
  );
  started = true;
  return first;
}

function isRefusal({ severity }: Issue): boolean {
  return severity === 'error';
}

/** Counts and logs an update; returns what is new in its issues, and what is gone. */
function note(
  source: string,
  { changes, issues }: SourceUpdate,
  { issues: store, metrics, logger }: IngestOptions,
): IssueDifference {
  for (const { before, after } of changes) {
    const event = before === undefined ? 'add' : after === undefined ? 'delete' : 'update';
    metrics.increment('pilot_k8s_cfg_events', { type: (after ?? before)?.kind ?? '', event });
  }
  if (changes.length > 0) metrics.increment('pilot_inbound_updates', { type: 'config' }, changes.length);
  const difference = store.replace(source, issues);
  for (const issue of difference.raised) logIssue(logger, issue);
  const refused = difference.raised.filter(isRefusal).length;
  if (refused > 0) metrics.increment('pilot_total_rejected_configs', {}, refused);
  return difference;
}

function refusedObject({ resource, position }: Issue): ChangedObject {
  if (resource === undefined)
    return { kind: 'File', namespace: '', name: position?.file ?? '', op: 'refused' };
  return { kind: resource.kind, namespace: resource.namespace ?? '', name: resource.name, op: 'refused' };
}
