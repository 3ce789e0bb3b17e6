import { describe, expect, it } from 'vitest';
import { issuesOf } from '../issues-of.js';

describe('a WorkloadEntry', () => {
  it.each(['10.0.0.1', 'fd00::1', 'vm.example.com', 'unix:///run/app.sock'])('may be at %s', (address) => {
    expect(issuesOf('WorkloadEntry', { address })).toEqual([]);
  });

  it('is refused without an address, and warned of behind a network gateway', () => {
    expect(issuesOf('WorkloadEntry', {})).toEqual(['error spec.address: is required']);
    expect(issuesOf('WorkloadEntry', { network: 'vm' })).toHaveLength(1);
  });

  it('is refused for a socket with ports and for what is no address', () => {
    expect(issuesOf('WorkloadEntry', { address: 'unix:///run/app.sock', ports: { http: 80 } })).toEqual([
      'error spec.ports: a unix socket has no ports',
    ]);
    expect(issuesOf('WorkloadEntry', { address: 'a_b:1' })).toHaveLength(1);
  });
});
