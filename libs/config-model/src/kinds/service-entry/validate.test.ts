import { describe, expect, it } from 'vitest';
import { issuesOf } from '../issues-of.js';

const ports = [{ number: 80, name: 'http', protocol: 'HTTP' }];

describe('a ServiceEntry', () => {
  it.each<readonly [string, object]>([
    ['by its own name', { resolution: 'DNS', location: 'MESH_EXTERNAL' }],
    ['by addresses', { resolution: 'STATIC', endpoints: [{ address: '10.0.0.1', ports: { http: 8080 } }] }],
    [
      'by workloads',
      { resolution: 'STATIC', location: 'MESH_INTERNAL', workloadSelector: { labels: { app: 'forum' } } },
    ],
    ['through wherever the client went', { resolution: 'NONE', addresses: ['10.0.0.0/8'] }],
  ])('is reached %s', (_how, fields) => {
    expect(issuesOf('ServiceEntry', { hosts: ['forum.example.com'], ports, ...fields })).toEqual([]);
  });

  it.each<readonly [string, object]>([
    ['spec.hosts[0]: "*" would catch every host; name the hosts or their domain', { hosts: ['*'] }],
    [
      'spec.endpoints[0].address: must be an IP address with resolution STATIC; for host names use DNS',
      { resolution: 'STATIC', endpoints: [{ address: 'a.com' }] },
    ],
    ['spec.endpoints: must not be set with resolution NONE', { endpoints: [{ address: '10.0.0.1' }] }],
    [
      'spec.endpoints[0].ports.grpc: the ServiceEntry has no port named "grpc"',
      { resolution: 'STATIC', endpoints: [{ address: '10.0.0.1', ports: { grpc: 1 } }] },
    ],
    [
      'spec.ports[1].number: the port number 80 stands here twice',
      { resolution: 'DNS', ports: [...ports, { number: 80, name: 'b' }] },
    ],
    [
      'spec.hosts[0]: a wildcard cannot be resolved; give endpoints',
      { hosts: ['*.a.com'], resolution: 'DNS' },
    ],
    [
      'spec.addresses[0]: networks are for resolution NONE and STATIC only',
      { resolution: 'DNS', addresses: ['10.0.0.0/8'] },
    ],
    [
      'spec.workloadSelector: only one of workloadSelector and endpoints may be set',
      {
        resolution: 'STATIC',
        endpoints: [{ address: '10.0.0.1' }],
        workloadSelector: { labels: { a: 'b' } },
      },
    ],
  ])('is refused: %s', (message, fields) => {
    expect(issuesOf('ServiceEntry', { hosts: ['a.com'], ports, ...fields })).toContain(`error ${message}`);
  });
});
