import type { Resource } from '@istio-ts/config-model';

/** One object that came, changed (`before` and `after`) or went (`before` alone). */
export interface Change {
  /** Identity of the object, its origin included where there are several: `VirtualService/default/reviews`. */
  readonly key: string;
  readonly before?: Resource | undefined;
  readonly after?: Resource | undefined;
}

/** What one settling of events amounts to. Each key occurs once. */
export interface ChangeSet {
  readonly changes: readonly Change[];
  /** What caused it, for metrics and debug pages. */
  readonly reasons: readonly string[];
}
