import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a WasmPlugin', () => {
  itJudges('WasmPlugin', {
    valid: [
      { url: 'file:///a' },
      { url: 'https://a.com/b' },
      { url: 'docker.io/foo:v1' },
      { url: 'test.com:80/foo' },
      { url: 'a', sha256: 'a'.repeat(64) },
      { url: 'a', imagePullSecret: 'a'.repeat(253) },
      { url: 'a', vmConfig: { env: [{ name: 'a', valueFrom: 'HOST' }] } },
      { url: 'a', vmConfig: { env: [{ name: 'a', value: 'b' }] } },
      { url: 'a', match: [{ mode: 'CLIENT', ports: [{ number: 80 }] }] },
    ],
    invalid: [
      {},
      { url: '' },
      { url: 'ftp://a.com/b' },
      { url: 'a', sha256: 'g'.repeat(64) },
      { url: 'a', sha256: 'A'.repeat(64) },
      { url: 'a', imagePullSecret: 'a'.repeat(254) },
      { url: 'a', pluginName: 'a'.repeat(257) },
      { url: 'a', vmConfig: { env: [{ name: '' }] } },
      { url: 'a', vmConfig: { env: [{ name: 'a'.repeat(257) }] } },
      { url: 'a', vmConfig: { env: [{ name: 'a' }, { name: 'a' }] } },
      { url: 'a', vmConfig: { env: [{ name: 'a', valueFrom: 'HOST', value: 'x' }] } },
      { url: 'a', match: [{ ports: [{ number: 0 }] }] },
      { url: 'a', match: [{ ports: [{ number: 65536 }] }] },
      { url: 'a', selector: { matchLabels: { a: 'b' } }, targetRefs: [{ kind: 'Service', name: 'a' }] },
      { url: 'a', selector: { matchLabels: { '': 'b' } } },
    ],
  });
});
