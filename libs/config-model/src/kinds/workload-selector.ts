import type { Static } from '@sinclair/typebox';
import { message, textMap } from '../schema/builders.js';

export type WorkloadSelector = Static<typeof workloadSelector>;
/** Selects workloads of a namespace by labels (policy kinds, DestinationRule). */
export const workloadSelector = message({ matchLabels: textMap });

export type LabelsSelector = Static<typeof labelsSelector>;
/** The older spelling of the same (ServiceEntry, Sidecar, EnvoyFilter). */
export const labelsSelector = message({ labels: textMap });
