import type { Place } from '../place.js';
import { isIpAddress } from '../naming/ip-address.js';

const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/u;
const wildcardTail = /^-?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/u;
const digits = /^\d+$/u;

const longestName = 255;
const longestLabel = 63;
const tooLong = `the host name is too long (${longestName} characters at most)`;

/** Why a text is no fully qualified or short DNS name (a final dot is allowed), or undefined where it is one. */
export function domainFault(name: string): string | undefined {
  if (name === '') return 'the host name is empty';
  if (name.length > longestName) return tooLong;
  return labelsFault(name, labelsOf(name));
}

/** The same for names that may begin with a wildcard: `*`, `*.com`, `*-foo.com`; a short name may be a number. */
export function wildcardDomainFault(name: string): string | undefined {
  if (name === '' || name.length > longestName) return domainFault(name);
  const [first = '', ...rest] = labelsOf(name);
  if (!isFirstLabel(first)) return invalid(name);
  return rest.length === 0 ? undefined : labelsFault(name, rest);
}

function labelsOf(name: string): readonly string[] {
  return (name.endsWith('.') ? name.slice(0, -1) : name).split('.');
}

function isFirstLabel(first: string): boolean {
  if (first.length > longestLabel) return false;
  return first.startsWith('*') ? first === '*' || wildcardTail.test(first.slice(1)) : label.test(first);
}

function labelsFault(name: string, labels: readonly string[]): string | undefined {
  if (!labels.every((each) => each.length <= longestLabel && label.test(each))) return invalid(name);
  return digits.test(labels.at(-1) ?? '') ? `the domain of ${JSON.stringify(name)} is a number` : undefined;
}

function invalid(name: string): string {
  return `${JSON.stringify(name)} is an invalid host name: letters, digits, "-" and "." are allowed, a wildcard only in front`;
}

/** Labels as in a DNS name, of any number and length together. */
export function checkTrustDomain(domain: string, place: Place): void {
  const labels = (domain.endsWith('.') ? domain.slice(0, -1) : domain).split('.');
  if (!labels.every((each) => each.length <= 63 && label.test(each)))
    place.error(domain === '' ? 'is empty' : `${JSON.stringify(domain)} is an invalid trust domain`);
}

/** Short or full name of a service. */
export function checkDomain(name: string, place: Place): void {
  report(domainFault(name), place);
}

export function checkWildcardDomain(name: string, place: Place): void {
  report(wildcardDomainFault(name), place);
}

export function checkWildcardDomainOrIp(name: string, place: Place): void {
  if (!isIpAddress(name)) checkWildcardDomain(name, place);
}

/** `*bar.com`: a wildcard that stands for a part of a label. */
export function isPartialWildcard(name: string): boolean {
  return name.startsWith('*') && name !== '*' && !name.startsWith('*.');
}

function report(fault: string | undefined, place: Place): void {
  if (fault !== undefined) place.error(fault);
}
