import type { Static } from '@sinclair/typebox';
import { int32, list, message, nullable, words } from '../../schema/builders.js';
import { atMostOneOf } from '../at-most-one-of.js';
import { targetReference, targetReferences } from '../target-reference.js';
import { workloadSelector } from '../workload-selector.js';
import { trafficSelector, wasmFields } from './module.js';

/** extensions.istio.io WasmPlugin, as written. */
export type WasmPluginSpec = Static<typeof wasmPluginSpec>;
export const wasmPluginSpec = message(
  {
    selector: workloadSelector,
    targetRef: targetReference,
    targetRefs: targetReferences,
    ...wasmFields,
    phase: words('UNSPECIFIED_PHASE', 'AUTHN', 'AUTHZ', 'STATS'),
    priority: nullable(int32),
    match: list(trafficSelector),
  },
  ['url'],
  { rules: [atMostOneOf('selector', 'targetRef', 'targetRefs')] },
);
