import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a WorkloadGroup', () => {
  itJudges('WorkloadGroup', {
    valid: [
      { template: {} },
      { template: {}, metadata: { annotations: { '-': 'a' } } },
      { template: {}, probe: { httpGet: { port: 80, scheme: 'HTTPS', path: '/a' } } },
      { template: {}, probe: { httpGet: { port: 80, httpHeaders: [{ name: 'a-b', value: 'c' }] } } },
      { template: {}, probe: { exec: { command: ['a'] } } },
      { template: {}, probe: { grpc: { port: 80 } } },
    ],
    invalid: [
      {},
      { template: {}, metadata: { labels: { '-': 'a' } } },
      { template: {}, probe: {} },
      { template: {}, probe: { tcpSocket: { port: 0 } } },
      { template: {}, probe: { tcpSocket: {} } },
      { template: {}, probe: { httpGet: { port: 0 } } },
      { template: {}, probe: { httpGet: { port: 80, scheme: 'foo' } } },
      { template: {}, probe: { httpGet: { port: 80, httpHeaders: [{ name: 'a_b', value: 'c' }] } } },
      { template: {}, probe: { httpGet: { port: 80, httpHeaders: [{ name: '', value: 'c' }] } } },
      { template: {}, probe: { exec: {} } },
      { template: {}, probe: { exec: { command: [] } } },
      { template: {}, probe: { exec: { command: ['a'] }, periodSeconds: -1 } },
      { template: {}, probe: { exec: { command: ['a'] }, failureThreshold: -1 } },
      { template: {}, probe: { grpc: { port: 0 } } },
    ],
  });
});
