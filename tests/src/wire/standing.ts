/** What a process holds at one moment, after a forced collection. */
export interface Standing {
  readonly heapBytes: number;
  /** Entries of memoised functions that were not collected. */
  readonly memoLevels: number;
  readonly descriptors: number;
}

export interface ComeAndGo {
  readonly pods: number;
  readonly before: Standing;
  readonly after: Standing;
}
