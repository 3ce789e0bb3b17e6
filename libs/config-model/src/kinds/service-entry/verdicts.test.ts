import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a ServiceEntry of HTTP at a host by DNS, and', () => {
  itJudges(
    'ServiceEntry',
    {
      valid: [
        {},
        { hosts: ['*.a.com'], resolution: 'NONE' },
        { hosts: ['*.a.com'], endpoints: [{ address: 'b.com' }] },
        { addresses: ['10.0.0.1'] },
        { resolution: 'NONE', addresses: ['10.0.0.0/16'] },
        { resolution: 'STATIC', addresses: ['10.0.0.0/16'], endpoints: [{ address: '1.1.1.1' }] },
        { ports: [{ number: 80, name: 'HTTP', protocol: 'HTTP' }] },
        { ports: [{ number: 80, name: 'http', protocol: 'grpc-web' }] },
        { ports: [{ number: 81, name: 'tcp', protocol: 'TCP' }], addresses: ['1.2.3.4'] },
        { resolution: 'STATIC', workloadSelector: { labels: { a: 'b' } } },
        { resolution: 'STATIC', endpoints: [{ address: 'unix:///a' }] },
        { resolution: 'STATIC' },
        { endpoints: [{ address: 'b.com', ports: { http: 8080 } }] },
        { endpoints: [{ address: '1.1.1.1' }] },
        { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'b.com' }] },
        { resolution: 'DNS_ROUND_ROBIN' },
        {
          hosts: ['a.com', 'b.com'],
          ports: [
            { number: 80, name: 'http', protocol: 'HTTP' },
            { number: 443, name: 'tls', protocol: 'TLS' },
          ],
        },
        {
          hosts: ['a.com', 'b.com'],
          ports: [{ number: 81, name: 'tcp', protocol: 'TCP' }],
          resolution: 'NONE',
          addresses: ['1.1.1.1'],
        },
        { exportTo: ['~'] },
      ],
      warning: [
        { hosts: ['*a.com'], resolution: 'NONE' },
        {
          ports: [{ number: 81, name: 'tcp', protocol: 'TCP' }],
          resolution: 'STATIC',
          endpoints: [{ address: '1.1.1.1' }],
        },
        { ports: [{ number: 80, name: 'x' }] },
        { resolution: 'NONE', workloadSelector: { labels: { a: 'b' } } },
        { resolution: 'STATIC', workloadSelector: {} },
        { resolution: 'STATIC', endpoints: [{ network: 'n' }] },
      ],
      invalid: [
        { hosts: [] },
        { hosts: ['*'] },
        { hosts: ['*.a.com'] },
        { addresses: ['10.0.0.0/16'] },
        { resolution: 'NONE', addresses: ['10.0.0.0/33'] },
        { resolution: 'NONE', addresses: ['a.com'] },
        {
          ports: [
            { number: 80, name: 'http', protocol: 'HTTP' },
            { number: 81, name: 'http', protocol: 'HTTP' },
          ],
        },
        {
          ports: [
            { number: 80, name: 'http', protocol: 'HTTP' },
            { number: 80, name: 'b', protocol: 'HTTP' },
          ],
        },
        { ports: [{ number: 0, name: 'http', protocol: 'HTTP' }] },
        { ports: [{ number: 70000, name: 'http', protocol: 'HTTP' }] },
        { ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 70000 }] },
        { ports: [{ number: 80, name: '', protocol: 'HTTP' }] },
        { ports: [{ number: 80, name: 'a_b', protocol: 'HTTP' }] },
        { ports: [{ number: 80, name: 'a'.repeat(64), protocol: 'HTTP' }] },
        { ports: [{ number: 80, name: 'http', protocol: 'FOO' }] },
        { resolution: 'NONE', endpoints: [{ address: '1.1.1.1' }] },
        { resolution: 'STATIC', workloadSelector: { labels: { '': 'b' } } },
        { resolution: 'STATIC', workloadSelector: { labels: { a: '*' } } },
        {
          resolution: 'STATIC',
          workloadSelector: { labels: { a: 'b' } },
          endpoints: [{ address: '1.1.1.1' }],
        },
        { resolution: 'STATIC', endpoints: [{ address: 'a.com' }] },
        { resolution: 'STATIC', endpoints: [{ address: '' }] },
        { resolution: 'STATIC', endpoints: [{}] },
        { resolution: 'STATIC', endpoints: [{ address: 'unix://a' }] },
        { resolution: 'STATIC', endpoints: [{ address: 'unix:///a/' }] },
        { resolution: 'STATIC', endpoints: [{ address: 'unix:///a', ports: { http: 80 } }] },
        {
          ports: [
            { number: 80, name: 'http', protocol: 'HTTP' },
            { number: 81, name: 'tcp', protocol: 'TCP' },
          ],
          resolution: 'STATIC',
          addresses: ['1.2.3.4'],
          endpoints: [{ address: 'unix:///a' }],
        },
        { resolution: 'STATIC', endpoints: [{ address: '1.1.1.1', ports: { foo: 80 } }] },
        { resolution: 'STATIC', endpoints: [{ address: '1.1.1.1', ports: { http: 70000 } }] },
        { resolution: 'STATIC', endpoints: [{ address: '1.1.1.1', labels: { '@': 'b' } }] },
        { endpoints: [{ address: '*.b.com' }] },
        { endpoints: [{ address: '@' }] },
        { endpoints: [{ address: 'b.com', ports: { foo: 80 } }] },
        { endpoints: [{ network: 'n' }] },
        { endpoints: [{ address: 'unix:///a' }] },
        { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'b.com' }, { address: 'c.com' }] },
        { hosts: ['*.a.com'], resolution: 'DNS_ROUND_ROBIN' },
        {
          hosts: ['a.com', 'b.com'],
          ports: [
            { number: 80, name: 'http', protocol: 'HTTP' },
            { number: 81, name: 'tcp', protocol: 'TCP' },
          ],
          addresses: ['1.1.1.1'],
        },
        {
          hosts: ['a.com', 'b.com'],
          ports: [{ number: 81, name: 'tcp', protocol: 'TCP' }],
          resolution: 'STATIC',
          addresses: ['1.1.1.1'],
          endpoints: [{ address: '1.1.1.1' }],
        },
        { exportTo: ['~', 'a'] },
        { exportTo: ['*', '.'] },
        { hosts: ['1.2.3.4'] },
      ],
    },
    (rest: object) => ({
      hosts: ['a.com'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
      ...rest,
    }),
  );
});

describe('a ServiceEntry', () => {
  itJudges('ServiceEntry', { valid: [{ hosts: ['a.com'] }] });
});
