import type { Rule } from '../schema/builders.js';

/** The rule of a CRD that at most one of the fields is set. */
export function atMostOneOf(...fields: readonly [string, string, ...string[]]): Rule {
  const counted = fields.map((field) => `(has(self.${field}) ? 1 : 0)`);
  return { rule: `${counted.join(' + ')} <= 1`, message: `only one of ${fields.join(', ')} may be set` };
}
