import type { Static } from '@sinclair/typebox';
import { map, message, textOf, type Rule } from '../schema/builders.js';

const noWildcardInKeys: Rule = {
  rule: "self.all(key, !key.contains('*'))",
  message: 'a label key must not have a wildcard',
};
const noEmptyKeys: Rule = { rule: "self.all(key, key != '')", message: 'a label key must not be empty' };
const noWildcard: Rule = { rule: "!self.contains('*')", message: 'a label value must not have a wildcard' };

const labelValue = textOf({ maxLength: 63, rules: [noWildcard] });

export type WorkloadSelector = Static<typeof workloadSelector>;
/** Selects workloads of a namespace by labels (policy kinds, DestinationRule). */
export const workloadSelector = message({
  matchLabels: map(labelValue, { maxProperties: 4096, rules: [noWildcardInKeys, noEmptyKeys] }),
});

export type LabelsSelector = Static<typeof labelsSelector>;
/** The older spelling of the same (ServiceEntry, Sidecar, EnvoyFilter). */
export const labelsSelector = message({ labels: map(labelValue, { maxProperties: 256 }) });
