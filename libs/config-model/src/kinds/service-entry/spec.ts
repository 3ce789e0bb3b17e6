import type { Static } from '@sinclair/typebox';
import { list, message, text, texts, uint32, words } from '../../schema/builders.js';
import { workloadEntrySpec } from '../workload-entry/spec.js';
import { labelsSelector } from '../workload-selector.js';

export type ServiceEntryPort = Static<typeof serviceEntryPort>;
export const serviceEntryPort = message({ number: uint32, protocol: text, name: text, targetPort: uint32 }, [
  'number',
  'name',
]);

/** networking.istio.io ServiceEntry, as written. */
export type ServiceEntrySpec = Static<typeof serviceEntrySpec>;
export const serviceEntrySpec = message(
  {
    hosts: texts,
    addresses: texts,
    ports: list(serviceEntryPort),
    location: words('MESH_EXTERNAL', 'MESH_INTERNAL'),
    resolution: words('NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'),
    endpoints: list(workloadEntrySpec),
    workloadSelector: labelsSelector,
    exportTo: texts,
    subjectAltNames: texts,
  },
  ['hosts'],
);

/** What the control plane writes back: addresses that it allocated. */
export type ServiceEntryStatus = Static<typeof serviceEntryStatus>;
export const serviceEntryStatus = message({ addresses: list(message({ value: text, host: text })) });
