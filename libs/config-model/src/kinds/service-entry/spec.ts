import type { Static } from '@sinclair/typebox';
import { list, message, openMessage, text, textOf, texts, words, type Rule } from '../../schema/builders.js';
import { atMostOneOf } from '../at-most-one-of.js';
import { istioStatusFields } from '../istio-status.js';
import { portNumber } from '../port-number.js';
import { workloadEntrySpec } from '../workload-entry/spec.js';
import { labelsSelector } from '../workload-selector.js';

export type ServiceEntryPort = Static<typeof serviceEntryPort>;
export const serviceEntryPort = message(
  {
    number: portNumber,
    protocol: textOf({ maxLength: 256 }),
    name: textOf({ maxLength: 256 }),
    targetPort: portNumber,
  },
  ['number', 'name'],
);

const notEveryHost: Rule = { rule: "self != '*'", message: '"*" would catch every host' };

const distinctNumbers: Rule = {
  rule: 'self.all(a, self.exists_one(b, a.number == b.number))',
  message: 'two ports have the same number',
};

const rules: readonly Rule[] = [
  atMostOneOf('workloadSelector', 'endpoints'),
  {
    rule:
      "!has(self.addresses) || !self.addresses.exists(address, address.contains('/'))" +
      " || !has(self.resolution) || self.resolution in ['NONE', 'STATIC']",
    message: 'networks as addresses are for resolution NONE and STATIC only',
  },
  {
    rule: "(has(self.resolution) && self.resolution != 'NONE') || !has(self.endpoints)",
    message: 'endpoints must not be set with resolution NONE',
  },
  {
    rule:
      "!has(self.resolution) || self.resolution != 'DNS_ROUND_ROBIN' || !has(self.endpoints)" +
      ' || self.endpoints.size() <= 1',
    message: 'resolution DNS_ROUND_ROBIN takes one endpoint at most',
  },
];

/** networking.istio.io ServiceEntry, as written. */
export type ServiceEntrySpec = Static<typeof serviceEntrySpec>;
export const serviceEntrySpec = message(
  {
    hosts: list(textOf({ rules: [notEveryHost] }), { minItems: 1, maxItems: 256 }),
    addresses: list(textOf({ maxLength: 64 }), { maxItems: 256 }),
    ports: list(serviceEntryPort, { maxItems: 256, key: 'name', rules: [distinctNumbers] }),
    location: words('MESH_EXTERNAL', 'MESH_INTERNAL'),
    resolution: words('NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'),
    endpoints: list(workloadEntrySpec, { maxItems: 4096 }),
    workloadSelector: labelsSelector,
    exportTo: texts,
    subjectAltNames: texts,
  },
  ['hosts'],
  { rules },
);

/** What the control plane writes back: addresses that it allocated, beside what it writes to every kind. */
export type ServiceEntryStatus = Static<typeof serviceEntryStatus>;
export const serviceEntryStatus = openMessage({
  ...istioStatusFields,
  addresses: list(message({ value: text, host: text })),
});
