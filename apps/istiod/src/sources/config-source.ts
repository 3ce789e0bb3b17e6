import type { Issue } from '@istio-ts/foundation';
import type { Resource } from '@istio-ts/config-model';

/** One object that came (`after` alone), changed, or went (`before` alone). */
export interface SourceChange {
  readonly key: string;
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
}

/** One edit, as far as a source can tell, and everything that is wrong in it now. */
export interface SourceUpdate {
  readonly changes: readonly SourceChange[];
  /** All present issues of the source: they replace those of its last update. */
  readonly issues: readonly Issue[];
}

export type SourceSink = (update: SourceUpdate) => void;

/** Where objects come from: a folder of manifests, an API server. Delivers its first full list before `run` resolves. */
export interface ConfigSource {
  readonly name: string;
  /** Works until the signal aborts. A source that is lost keeps its last state. */
  run(signal: AbortSignal, sink: SourceSink): Promise<void>;
}
