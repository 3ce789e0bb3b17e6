import { expect, test } from 'vitest';
import { renderExcerpt } from './excerpt.js';

test('the place is marked, with two lines before it', () => {
  const text = 'a: 1\nb: 2\n\nd: 4\n';
  expect(renderExcerpt(text, { file: 'x', line: 4, column: 4 })).toBe(
    '    2 | b: 2\n    3 |\n  > 4 | d: 4\n      |    ^\n',
  );
  expect(renderExcerpt(text, { file: 'x', line: 1, column: 1 })).toBe('  > 1 | a: 1\n      | ^\n');
});

test('the mark and the lines before it may look otherwise', () => {
  const style = { mark: (words: string) => `<${words}>`, quiet: (words: string) => `(${words})` };
  expect(renderExcerpt('a\nb\n', { file: 'x', line: 2 }, style)).toBe(
    '  (  1 |) a\n  > 2 | b\n      | <^>\n',
  );
});

test('tabs, wide characters and control characters leave the mark where it belongs', () => {
  expect(renderExcerpt('\t\u{1f600}\u001b[31m: x', { file: 'x', line: 1, column: 10 })).toBe(
    '  > 1 |  \u{1f600}·[31m: x\n      |         ^\n',
  );
});

test('without a line in the text there is nothing to show', () => {
  expect(renderExcerpt('a', { file: 'x' })).toBe('');
  expect(renderExcerpt('a', { file: 'x', line: 9 })).toBe('');
});
