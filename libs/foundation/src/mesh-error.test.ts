import { expect, test } from 'vitest';
import { MeshError } from './mesh-error.js';

test('an errno becomes a code, and the message says what was being done', () => {
  const cause = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });
  const error = MeshError.from(cause, 'binding 15010');
  expect(error.code).toBe('ADDRESS_IN_USE');
  expect(error.message).toBe('binding 15010: listen EADDRINUSE');
  expect(error.cause).toBe(cause);
  expect(MeshError.from(error)).toBe(error);
});
