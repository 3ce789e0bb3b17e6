import type { Issue } from '@istio-ts/foundation';
import { expect, test } from 'vitest';
import { differenceOf, sumOf } from './issue-difference.js';

const issue = (message: string, line = 1): Issue => ({
  code: 'IST0101',
  severity: 'error',
  message,
  position: { file: 'shop.yaml', line },
});

test('an issue that only moved within its file is the same', () => {
  const [before, after] = [
    [issue('a'), issue('b')],
    [issue('b', 7), issue('c')],
  ];
  expect(differenceOf(before, after)).toEqual({ raised: [issue('c')], cleared: [issue('a')] });
});

test('what came and went is not told, and what went and came again neither', () => {
  const [a, b] = [issue('a'), issue('b')];
  const sum = sumOf([
    { raised: [a], cleared: [b] },
    { raised: [b], cleared: [a] },
  ]);
  expect(sum).toEqual({ raised: [], cleared: [] });
  expect(sumOf([sum, { raised: [a], cleared: [] }])).toEqual({ raised: [a], cleared: [] });
});
