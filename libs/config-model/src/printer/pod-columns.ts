import type { Pod } from '../resource.js';

/** `1/2`: containers that are ready, of all. */
export function podReady({ spec, status }: Pod): string {
  const ready = (status?.containerStatuses ?? []).filter((container) => container.ready === true);
  return `${ready.length}/${(spec.containers ?? []).length}`;
}

/** The phase, or why a container does not run. */
export function podStatus({ status }: Pod): string {
  for (const { state } of status?.containerStatuses ?? []) {
    for (const situation of ['waiting', 'terminated']) {
      const reason = reasonOf(state?.[situation]);
      if (reason !== undefined) return reason;
    }
  }
  return status?.phase ?? 'Pending';
}

export function podRestarts({ status }: Pod): string {
  const counts = (status?.containerStatuses ?? []).map(({ restartCount = 0 }) => restartCount);
  return String(counts.reduce((total, count) => total + count, 0));
}

function reasonOf(situation: unknown): string | undefined {
  if (typeof situation !== 'object' || situation === null || !('reason' in situation)) return undefined;
  return typeof situation.reason === 'string' && situation.reason !== '' ? situation.reason : undefined;
}
