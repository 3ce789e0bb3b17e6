import { expect, test } from 'vitest';
import { renderLine } from './render-issues.js';

const resource = { kind: 'DestinationRule', namespace: 'shop', name: 'catalog' };
const position = { file: 'rule.yaml', line: 4, column: 1 };

test('a field that is wrong by itself is named before what it is', () => {
  const issue = { code: 'IST0106', resource, position, path: 'spec.host', message: 'is required' };
  expect(renderLine({ ...issue, severity: 'error' })).toBe(
    'Error [IST0106] (DestinationRule catalog.shop rule.yaml:4:1) spec.host: is required',
  );
});

test('what is wrong of objects together names what it is about in its own words', () => {
  const message = 'Referenced host not found: "catalogue"';
  expect(renderLine({ code: 'IST0101', severity: 'error', resource, path: 'spec.host', message })).toBe(
    `Error [IST0101] (DestinationRule catalog.shop) ${message}`,
  );
});
