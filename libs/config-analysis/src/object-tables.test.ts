import { expect, test } from 'vitest';
import { defineIndex } from './object-index.js';
import { ObjectTables } from './object-tables.js';
import { objectsOf } from './testing/analyze-text.js';
import { pod } from './testing/manifests.js';

const byName = defineIndex('pods by name', ['Pod'], ({ metadata }) => [metadata.name]);

test('what is empty and nobody reads is forgotten at once; what somebody reads stays the same', () => {
  const tables = new ObjectTables<string>();
  const [read, unread] = ['read', 'unread'].map((name) => {
    const [object] = objectsOf(pod({ name, namespace: 'shop' }, '{}'));
    tables.apply({ after: object });
    return { object, cell: tables.cell(byName, name) };
  });
  read?.cell.readers.add('somebody');
  for (const before of [read?.object, unread?.object]) tables.apply({ before });
  expect(tables.cell(byName, 'read')).toBe(read?.cell);
  expect(tables.cell(byName, 'unread')).not.toBe(unread?.cell);
  expect(tables.cells(byName)).toEqual([]);
});
