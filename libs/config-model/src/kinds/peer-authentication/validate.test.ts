import { describe, expect, it } from 'vitest';
import { issuesOf } from '../issues-of.js';

describe('a PeerAuthentication', () => {
  it('is accepted for a mesh, a namespace, and ports of workloads', () => {
    expect(issuesOf('PeerAuthentication', { mtls: { mode: 'STRICT' } })).toEqual([]);
    expect(
      issuesOf('PeerAuthentication', {
        selector: { matchLabels: { app: 'a' } },
        portLevelMtls: { 8080: { mode: 'DISABLE' } },
      }),
    ).toEqual([]);
  });

  it('is refused for ports without a selector, and for what is no port', () => {
    expect(issuesOf('PeerAuthentication', { portLevelMtls: { 8080: {} } })).toEqual([
      'error spec.portLevelMtls: requires a selector with matchLabels: ports are those of workloads',
    ]);
    expect(
      issuesOf('PeerAuthentication', {
        selector: { matchLabels: { app: 'a' } },
        portLevelMtls: { http: {} },
      }),
    ).toEqual(['error spec.portLevelMtls.http: the port must be between 1 and 65535']);
  });
});
