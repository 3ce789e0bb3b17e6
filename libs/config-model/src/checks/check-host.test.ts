import { describe, expect, it } from 'vitest';
import { domainFault, wildcardDomainFault } from './check-host.js';

const label = 'a'.repeat(63);

describe('host names', () => {
  it.each(['a', 'a.b', 'A-1.b.', `${label}.com`, '1.com', '1a'])('are ones: %s', (name) => {
    expect(domainFault(name)).toBeUndefined();
    expect(wildcardDomainFault(name)).toBeUndefined();
  });

  it.each(['', '.', '..', 'a..b', '-a', 'a-', 'a_b', `${label}a.com`, 'a.1', '1.2.3.4', 'a.*.b', 'a*'])(
    'are none, with wildcards or without: %s',
    (name) => {
      expect(domainFault(name)).toBeDefined();
      expect(wildcardDomainFault(name)).toBeDefined();
    },
  );

  it.each(['*', '*.com', '*.com.', '*-a.com', '*a.com', '8080'])(
    'are ones only where wildcards and short numbers are allowed: %s',
    (name) => {
      expect(domainFault(name)).toBeDefined();
      expect(wildcardDomainFault(name)).toBeUndefined();
    },
  );

  it('have an end', () => {
    const name = Array.from({ length: 50 }, () => 'abcdef').join('.');
    expect(domainFault(name)).toContain('too long');
    expect(wildcardDomainFault(`*.${name}`)).toContain('too long');
    expect(wildcardDomainFault(`*${label}.com`)).toBeDefined();
  });
});
