import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a TrafficExtension', () => {
  itJudges('TrafficExtension', {
    invalid: [
      { wasm: { url: 'a' }, lua: { inlineCode: 'a' } },
      { wasm: {} },
      { lua: {} },
      { lua: { inlineCode: '' } },
      { wasm: { url: 'a', sha256: 'b' } },
      {
        lua: { inlineCode: 'x' },
        selector: { matchLabels: { a: 'b' } },
        targetRefs: [{ kind: 'Service', name: 'a' }],
      },
      { lua: { inlineCode: 'x' }, targetRefs: [{ kind: 'Pod', name: 'a' }] },
    ],
  });
});
