import type { Static } from '@sinclair/typebox';
import { list, message, text, textOf, texts, words, type Rule } from '../../schema/builders.js';
import { atMostOneOf } from '../at-most-one-of.js';
import { targetReference, targetReferences } from '../target-reference.js';
import { workloadSelector } from '../workload-selector.js';

const serviceAccounts = list(textOf({ maxLength: 320 }), { maxItems: 16 });

const accountsStandAlone: Rule = {
  rule:
    '!(has(self.serviceAccounts) || has(self.notServiceAccounts)) || !(has(self.principals) ||' +
    ' has(self.notPrincipals) || has(self.namespaces) || has(self.notNamespaces))',
  message: 'serviceAccounts cannot be combined with principals or namespaces',
};

export type PolicySource = Static<typeof policySource>;
export const policySource = message(
  {
    principals: texts,
    notPrincipals: texts,
    requestPrincipals: texts,
    notRequestPrincipals: texts,
    namespaces: texts,
    notNamespaces: texts,
    serviceAccounts,
    notServiceAccounts: serviceAccounts,
    ipBlocks: texts,
    notIpBlocks: texts,
    remoteIpBlocks: texts,
    notRemoteIpBlocks: texts,
    trustDomains: texts,
    notTrustDomains: texts,
  },
  [],
  { rules: [accountsStandAlone] },
);

export type PolicyOperation = Static<typeof policyOperation>;
export const policyOperation = message({
  hosts: texts,
  notHosts: texts,
  ports: texts,
  notPorts: texts,
  methods: texts,
  notMethods: texts,
  paths: texts,
  notPaths: texts,
});

export type PolicyCondition = Static<typeof policyCondition>;
export const policyCondition = message({ key: text, values: texts, notValues: texts }, ['key']);

export type PolicyRule = Static<typeof policyRule>;
export const policyRule = message({
  from: list(message({ source: policySource }), { maxItems: 512 }),
  to: list(message({ operation: policyOperation })),
  when: list(policyCondition),
});

/** security.istio.io AuthorizationPolicy, as written. */
export type AuthorizationPolicySpec = Static<typeof authorizationPolicySpec>;
export const authorizationPolicySpec = message(
  {
    selector: workloadSelector,
    targetRef: targetReference,
    targetRefs: targetReferences,
    rules: list(policyRule, { maxItems: 512 }),
    action: words('ALLOW', 'DENY', 'AUDIT', 'CUSTOM'),
    provider: message({ name: text }),
  },
  [],
  { oneof: [['provider']], rules: [atMostOneOf('selector', 'targetRef', 'targetRefs')] },
);
