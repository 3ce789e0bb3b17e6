import type { WorkloadEntrySpec } from './spec.js';

/** What is assumed where a field of a WorkloadEntry, or of an endpoint of a ServiceEntry, is absent. */
export const workloadEntryDefaults = { weight: 1 } as const satisfies Partial<WorkloadEntrySpec>;
