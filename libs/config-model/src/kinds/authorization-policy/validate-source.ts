import type { Place } from '../../place.js';
import { isIpOrCidr } from '../../naming/ip-address.js';
import type { PolicySource } from './spec.js';

export function validateSource(source: PolicySource | undefined, place: Place): void {
  if (source === undefined) {
    place.error('is required');
    return;
  }
  const lists = Object.entries(source);
  if (lists.every(([, values]) => values.length === 0)) place.error('is empty: say from where');
  for (const [field, values] of lists) checkNotEmpty(values, place.at(field));
  for (const field of ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'] as const)
    checkAddresses(source[field] ?? [], place.at(field));
  for (const field of ['trustDomains', 'notTrustDomains'] as const)
    checkTrustDomains(source[field] ?? [], place.at(field));
  for (const field of ['serviceAccounts', 'notServiceAccounts'] as const)
    checkServiceAccounts(source[field] ?? [], place.at(field));
  checkAccountsAlone(source, place);
}

function checkAccountsAlone(source: PolicySource, place: Place): void {
  if (source.serviceAccounts === undefined && source.notServiceAccounts === undefined) return;
  for (const field of ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'] as const) {
    if (source[field] !== undefined)
      place.at(field).error('cannot be combined with serviceAccounts, which name both');
  }
}

export function checkNotEmpty(values: readonly string[], place: Place): void {
  for (const [index, value] of values.entries())
    if (value === '') place.at(index).error('is empty; remove it');
}

export function checkAddresses(values: readonly string[], place: Place): void {
  for (const [index, value] of values.entries()) {
    if (value !== '' && !isIpOrCidr(value))
      place
        .at(index)
        .error(`${JSON.stringify(value)} is neither an IP address nor a network like 10.0.0.0/8`);
  }
}

const trustDomain = /^(?:\*|\*?[^*/]+|[^*/]+\*)$/u;

/** A trust domain, or one with a wildcard at its beginning or end. */
export function checkTrustDomains(values: readonly string[], place: Place): void {
  for (const [index, value] of values.entries()) {
    if (value !== '' && !trustDomain.test(value)) {
      place
        .at(index)
        .error(`${JSON.stringify(value)} is not a trust domain, with "*" at most at its beginning or end`);
    }
  }
}

/** `namespace/name`, or a name of the policy's own namespace. */
export function checkServiceAccounts(values: readonly string[], place: Place): void {
  for (const [index, value] of values.entries()) {
    const parts = value.split('/');
    if (value !== '' && (parts.length > 2 || parts.includes('') || value.includes('*')))
      place.at(index).error(`${JSON.stringify(value)} is not a service account; write "namespace/name"`);
  }
}
