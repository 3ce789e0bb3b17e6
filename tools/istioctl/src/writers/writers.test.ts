import { expect, test } from 'vitest';
import { renderJson } from './json.js';
import { narrowGap, renderTable } from './table.js';
import { renderYaml } from './yaml.js';

test('a column is as wide as its longest cell plus the gap, the last one is not padded', () => {
  const rows = [
    ['NAME', 'STATE'],
    ['a', 'ok'],
    ['longer', ''],
  ];
  expect(renderTable(rows)).toBe('NAME       STATE\na          ok\nlonger     \n');
  expect(renderTable(rows, narrowGap)).toBe('NAME   STATE\na      ok\nlonger \n');
});

test('a table without rows is empty', () => {
  expect(renderTable([])).toBe('');
});

test('JSON is indented by four blanks', () => {
  expect(renderJson({ a: [1] })).toBe('{\n    "a": [\n        1\n    ]\n}\n');
});

test('YAML has sorted keys, lists at the level of their key, and quotes texts that look like numbers', () => {
  expect(renderYaml({ b: '1.20', a: [{ z: true, c: null }] })).toBe('a:\n- c: null\n  z: true\nb: "1.20"\n');
});
