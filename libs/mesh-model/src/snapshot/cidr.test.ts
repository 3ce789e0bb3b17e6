import { expect, test } from 'vitest';
import { canonicalCidr } from './cidr.js';

test('equal networks have one text, whatever their insignificant bits and zeros', () => {
  expect(canonicalCidr('10.1.2.3/8')).toBe('10.0.0.0/8');
  expect(canonicalCidr('192.168.1.130/25')).toBe('192.168.1.128/25');
  expect(canonicalCidr('1234:1f1:123:123:f816:3eff:feb8:2287/32')).toBe('1234:1f1:0:0:0:0:0:0/32');
  expect(canonicalCidr('1234:01f1::/32')).toBe('1234:1f1:0:0:0:0:0:0/32');
  expect(canonicalCidr('::ffff:10.0.0.1/112')).toBe('0:0:0:0:0:ffff:a00:0/112');
});

test('addresses and names stay as they are', () => {
  expect(canonicalCidr('10.1.2.3')).toBe('10.1.2.3');
  expect(canonicalCidr('example.com')).toBe('example.com');
});
