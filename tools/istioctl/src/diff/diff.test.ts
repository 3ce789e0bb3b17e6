import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from './diff-lines.js';
import { renderUnifiedDiff } from './unified-diff.js';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });

test('without the added lines a difference is the first text, without the removed ones the second', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const diff = diffLines(before, after);
      expect(diff.filter(({ kind }) => kind !== 'added').map(({ text }) => text)).toEqual(before);
      expect(diff.filter(({ kind }) => kind !== 'removed').map(({ text }) => text)).toEqual(after);
    }),
  );
});

test('as many lines as possible stay', () => {
  const kept = diffLines('a b c a b b a'.split(' '), 'c b a b a c'.split(' ')).filter(
    ({ kind }) => kind === 'same',
  );
  expect(kept).toHaveLength(4);
});

test('texts that have nothing in common are replaced whole, in no time', () => {
  const before = Array.from({ length: 5000 }, (_, index) => `old ${index}`);
  const after = Array.from({ length: 5000 }, (_, index) => `new ${index}`);
  expect(diffLines(before, after)).toHaveLength(10_000);
});

test('a unified difference shows three lines around each change, with line numbers', () => {
  const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];
  const after = before.map((line) => (line === '2' ? 'two' : line)).filter((line) => line !== '11');
  expect(renderUnifiedDiff(before.join('\n'), after.join('\n'))).toBe(
    [
      '@@ -1,5 +1,5 @@',
      ' 1',
      '-2',
      '+two',
      ' 3',
      ' 4',
      ' 5',
      '@@ -8,5 +8,4 @@',
      ' 8',
      ' 9',
      ' 10',
      '-11',
      ' 12',
      '',
    ].join('\n'),
  );
});

test('equal texts have no difference', () => {
  expect(renderUnifiedDiff('a\nb', 'a\nb')).toBe('');
});
