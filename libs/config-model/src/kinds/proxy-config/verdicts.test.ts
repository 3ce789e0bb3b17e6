import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a ProxyConfig', () => {
  itJudges('ProxyConfig', {
    valid: [{ concurrency: 0 }],
    warning: [{ selector: {} }],
    invalid: [{ concurrency: -1 }, { selector: { matchLabels: { '': 'a' } } }],
  });
});
