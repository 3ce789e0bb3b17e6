import type { EncodedResource } from '@istio-ts/xds-types';
import type { ResourceDelta } from '../resource-delta.js';

/** What one type of one client has still to be sent. */
export interface Plan {
  readonly changed: readonly EncodedResource[];
  readonly removed: readonly string[];
  /** Whether the client gains names that it does not hold. */
  readonly adds: boolean;
  /** The delta whose encoded bodies are exactly `changed` (and `removed`). */
  readonly shared: ResourceDelta | undefined;
}

export const nothingToSend: Plan = { changed: [], removed: [], adds: false, shared: undefined };

export function isEmpty({ changed, removed }: Plan): boolean {
  return changed.length === 0 && removed.length === 0;
}

export function planNames({ changed, removed }: Plan): readonly string[] {
  return [...changed.map(({ name }) => name), ...removed];
}

/** Only what this group of names is about. */
export function restrict(plan: Plan, group: readonly string[]): Plan {
  const names = new Set(group);
  return {
    changed: plan.changed.filter(({ name }) => names.has(name)),
    removed: plan.removed.filter((name) => names.has(name)),
    adds: plan.adds,
    shared: undefined,
  };
}

/** The plan without its removals: they come when nothing refers to the names any more. */
export function withoutRemovals(plan: Plan): Plan {
  return plan.removed.length === 0 ? plan : { ...plan, removed: [] };
}
