import type { EncodedResource } from '@istio-ts/xds-types';

/**
 * Clusters that were sent before the client asked for load assignments. Of a thousand clients that connect together each
 * is sent all clusters first: that list is kept as it is, all of them share it.
 */
export class ClustersAhead {
  private first: readonly EncodedResource[] = [];
  private readonly later = new Set<string>();

  add(clusters: readonly EncodedResource[]): void {
    if (this.first.length === 0) this.first = clusters;
    else for (const { name } of clusters) this.later.add(name);
  }

  /** All names, which are forgotten then. */
  *take(): IterableIterator<string> {
    for (const { name } of this.first) yield name;
    yield* this.later;
    this.first = [];
    this.later.clear();
  }
}
