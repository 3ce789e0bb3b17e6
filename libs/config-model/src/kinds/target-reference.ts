import type { Static } from '@sinclair/typebox';
import { list, message, textOf, type Rule } from '../schema/builders.js';

const ownNamespace: Rule = {
  rule: "self == ''",
  message: 'objects of other namespaces cannot be referred to',
};

export type PolicyTargetReference = Static<typeof targetReference>;
/** The object that a policy is for: a Gateway, a Service, … of the policy's namespace. */
export const targetReference = message(
  {
    group: textOf({
      maxLength: 253,
      pattern: '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    }),
    kind: textOf({ minLength: 1, maxLength: 63, pattern: '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$' }),
    name: textOf({ minLength: 1, maxLength: 253 }),
    namespace: textOf({ rules: [ownNamespace] }),
  },
  ['kind', 'name'],
);

export const targetReferences = list(targetReference, { maxItems: 16 });
