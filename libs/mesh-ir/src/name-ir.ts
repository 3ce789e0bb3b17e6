/** One name that the mesh answers for, with the addresses behind it; keyed by the host name without a trailing dot. */
export interface NameIr {
  /** Never empty. Virtual addresses of a service, or those of its endpoints where it has none. */
  readonly addresses: readonly string[];
  readonly registry: 'Kubernetes' | 'External';
  /** What clients of the same namespace may say, and that namespace; '' for names outside of Kubernetes. */
  readonly shortName: string;
  readonly namespace: string;
}
