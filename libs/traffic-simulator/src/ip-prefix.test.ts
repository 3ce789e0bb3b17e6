import { expect, test } from 'vitest';
import { isInPrefix } from './ip-prefix.js';

test('addresses are in a prefix by their leading bits, within one family', () => {
  expect(isInPrefix('10.1.2.3', '10.1.0.0', 16)).toBe(true);
  expect(isInPrefix('10.2.2.3', '10.1.0.0', 16)).toBe(false);
  expect(isInPrefix('2001:db8::1', '2001:db8::', 32)).toBe(true);
  expect(isInPrefix('::1', '0.0.0.0', 0)).toBe(false);
  expect(isInPrefix('not an address', '0.0.0.0', 0)).toBe(false);
});
