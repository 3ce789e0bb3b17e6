import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a PeerAuthentication', () => {
  itJudges('PeerAuthentication', {
    valid: [{}, { selector: { matchLabels: { a: 'b' } }, portLevelMtls: { '65535': {} } }],
    warning: [{ selector: {} }],
    invalid: [
      { portLevelMtls: { '80': { mode: 'STRICT' } } },
      { selector: { matchLabels: {} }, portLevelMtls: { '80': { mode: 'STRICT' } } },
      { selector: { matchLabels: { a: 'b' } }, portLevelMtls: {} },
      { selector: { matchLabels: { a: 'b' } }, portLevelMtls: { '0': { mode: 'STRICT' } } },
      { selector: { matchLabels: { a: 'b' } }, portLevelMtls: { '65536': { mode: 'STRICT' } } },
      { selector: { matchLabels: { a: 'b' } }, portLevelMtls: { a: { mode: 'STRICT' } } },
      { selector: { matchLabels: { a: '*' } } },
      { selector: { matchLabels: { '': 'a' } } },
    ],
  });
});
