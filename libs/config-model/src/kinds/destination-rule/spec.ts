import type { Static } from '@sinclair/typebox';
import { list, message, text, textMap, texts } from '../../schema/builders.js';
import { workloadSelector } from '../workload-selector.js';
import { trafficPolicy } from './traffic-policy.js';

export type Subset = Static<typeof subset>;
export const subset = message({ name: text, labels: textMap, trafficPolicy }, ['name']);

/** networking.istio.io DestinationRule, as written. */
export type DestinationRuleSpec = Static<typeof destinationRuleSpec>;
export const destinationRuleSpec = message(
  { host: text, trafficPolicy, subsets: list(subset), exportTo: texts, workloadSelector },
  ['host'],
);
