import type { Place } from '../../place.js';
import { checkPolicyTarget } from '../../checks/check-policy-target.js';
import type { AuthorizationPolicySpec, PolicyRule, PolicySource } from './spec.js';
import { validateCondition } from './validate-condition.js';
import { validateOperation } from './validate-operation.js';
import { validateSource } from './validate-source.js';

/** What would make an AuthorizationPolicy impossible to carry out, or never apply. */
export function validateAuthorizationPolicy(spec: AuthorizationPolicySpec, place: Place): void {
  const { action = 'ALLOW', rules, provider } = spec;
  checkPolicyTarget(spec, place);
  if (rules === undefined && (action === 'DENY' || action === 'CUSTOM'))
    place
      .at('rules')
      .error(`is required: without rules, ${action} never applies; write "- {}" for every request`);
  if (action === 'CUSTOM' && !provider?.name) place.at('provider', 'name').error('is required for CUSTOM');
  if (action !== 'CUSTOM' && provider) place.at('provider').error(`is for CUSTOM, not for ${action}`);
  for (const [index, rule] of (rules ?? []).entries()) {
    const at = place.at('rules', index);
    validateRule(rule, at);
    if (action === 'CUSTOM') checkWithoutIdentity(rule, at);
    if (action === 'DENY' && deniesAllOfTcp(rule)) {
      at.warning(
        'has only HTTP attributes: connections to ports that are not HTTP are all denied; name the ports that are meant',
      );
    }
  }
}

function validateRule({ from, to, when = [] }: PolicyRule, place: Place): void {
  if (from?.length === 0) place.at('from').error('is empty: leave it out, or say from where');
  if (to?.length === 0) place.at('to').error('is empty: leave it out, or say to what');
  for (const [index, { source }] of (from ?? []).entries())
    validateSource(source, place.at('from', index, 'source'));
  for (const [index, { operation }] of (to ?? []).entries())
    validateOperation(operation, place.at('to', index, 'operation'));
  for (const [index, condition] of when.entries()) validateCondition(condition, place.at('when', index));
}

const identities = [
  'principals',
  'notPrincipals',
  'requestPrincipals',
  'notRequestPrincipals',
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'trustDomains',
  'notTrustDomains',
] as const;

const identityKey = /^(?:source\.(?:namespace|principal|serviceAccount|trustDomain)|request\.auth\..*)$/u;

/** An external authorizer is asked before identities are known. */
function checkWithoutIdentity({ from = [], when = [] }: PolicyRule, place: Place): void {
  const why = 'is not available to CUSTOM, which is asked before identities are known';
  for (const [index, { source }] of from.entries()) {
    for (const field of identities)
      if ((source?.[field] ?? []).length > 0) place.at('from', index, 'source', field).error(why);
  }
  for (const [index, { key }] of when.entries())
    if (identityKey.test(key)) place.at('when', index, 'key').error(`${key} ${why}`);
}

const connectionFields = [
  'principals',
  'notPrincipals',
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'ipBlocks',
  'notIpBlocks',
  'trustDomains',
  'notTrustDomains',
] as const;

/** Of a DENY rule, what only HTTP has is left out on a TCP port, and the rest denies more than was meant. */
function deniesAllOfTcp({ from = [], to = [] }: PolicyRule): boolean {
  if (to.length > 0) {
    return !to.some(
      ({ operation: { ports = [], notPorts = [] } = {} }) => ports.length + notPorts.length > 0,
    );
  }
  return from.length > 0 && !from.some(({ source }) => tellsConnections(source));
}

function tellsConnections(source: PolicySource | undefined): boolean {
  return connectionFields.some((field) => (source?.[field] ?? []).length > 0);
}
