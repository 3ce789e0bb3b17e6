import type { Static } from '@sinclair/typebox';
import { map, message, text, textMap, uint32 } from '../../schema/builders.js';

/** networking.istio.io WorkloadEntry, as written; also an endpoint of a ServiceEntry. */
export type WorkloadEntrySpec = Static<typeof workloadEntrySpec>;
export const workloadEntrySpec = message({
  address: text,
  ports: map(uint32),
  labels: textMap,
  network: text,
  locality: text,
  weight: uint32,
  serviceAccount: text,
});
