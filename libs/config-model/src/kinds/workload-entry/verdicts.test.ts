import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a WorkloadEntry', () => {
  itJudges('WorkloadEntry', {
    valid: [
      { address: '1.1.1.1' },
      { address: 'a.com' },
      { address: 'unix:///a' },
      { address: 'unix://@a/' },
    ],
    warning: [{ network: 'a' }],
    invalid: [
      {},
      { address: 'unix://' },
      { address: 'unix:///a', ports: { a: 1 } },
      { address: '@' },
      { address: '*.a' },
      { address: '1.1.1.1', ports: { 'a b': 1 } },
      { address: '1.1.1.1', ports: { a: 0 } },
      { address: '1.1.1.1', labels: { '-': 'a' } },
      { address: '1.1.1.1', labels: { a: '-' } },
    ],
  });
});
