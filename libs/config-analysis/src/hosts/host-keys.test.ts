import { expect, test } from 'vitest';
import { hostMatches } from '@istio-ts/config-model';
import { keysOfHost, keysOverlapping } from './host-keys.js';

const hosts = [
  'a.example.com',
  'b.example.com',
  'example.com',
  'com',
  '*.example.com',
  '*.a.example.com',
  '*-b.example.com',
  '*example.com',
  '*.com',
  '*',
];

test('two hosts that overlap always find each other', () => {
  for (const host of hosts) {
    for (const other of hosts) {
      const keys = keysOverlapping(host);
      const isFound = keysOfHost(other).some((key) => keys.includes(key));
      expect({ host, other, isFound: isFound || !hostMatches(host, other) }).toEqual({
        host,
        other,
        isFound: true,
      });
    }
  }
});

test('hosts of another domain are not looked at', () => {
  expect(keysOfHost('a.example.com').some((key) => keysOverlapping('a.example.org').includes(key))).toBe(
    false,
  );
  expect(keysOfHost('a.example.com').some((key) => keysOverlapping('b.example.com').includes(key))).toBe(
    false,
  );
});
