import { describe } from 'vitest';
import { itJudges } from '../kinds/verdict.test-support.js';

describe('a MeshNetworks of a network', () => {
  itJudges(
    'MeshNetworks',
    {
      valid: [
        { endpoints: [{ fromCidr: '1.2.3.4' }], gateways: [] },
        { endpoints: [{ fromCidr: '10.0.0.0/8' }], gateways: [{ address: '1.2.3.4', port: 80 }] },
        { gateways: [{ address: 'a.com', port: 80 }] },
      ],
      invalid: [
        { endpoints: [{ fromCidr: '10.0.0.0/33' }] },
        { gateways: [{ address: 'a.com', port: 0 }] },
        { gateways: [{ registryServiceName: 'a@b', port: 80 }] },
        { gateways: [{ address: '*.a.com', port: 80 }] },
      ],
    },
    (network: object) => ({ networks: { n: network } }),
  );
});

describe('a MeshNetworks', () => {
  itJudges('MeshNetworks', { valid: [{ networks: {} }] });
});
