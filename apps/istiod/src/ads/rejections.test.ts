import { expect, test } from 'vitest';
import { Rejections } from './rejections.js';

const [a, b, c] = ['VirtualService/shop/a', 'VirtualService/shop/b', 'VirtualService/shop/c'];
const route = ['rds', '80'] as const;
const taken = (name: string) => ({
  changed: [{ name, typeUrl: 'rds', version: '2', bytes: new Uint8Array(), origins: [] }],
  removed: [],
  adds: false,
  shared: undefined,
});

test('of the objects behind a resource those that changed are blamed, all of them where none did', () => {
  const rejections = new Rejections();
  const origins = [a, b, c];
  expect(rejections.note(...route, { origins, changed: [], message: 'no' }).objects).toEqual(origins);
  const fresh = new Rejections();
  expect(fresh.note(...route, { origins, changed: [b, 'Gateway/shop/x'], message: 'no' }).objects).toEqual([
    b,
  ]);
});

test('blame lasts until a version is taken', () => {
  const rejections = new Rejections();
  const origins = [a, b, c];
  rejections.note(...route, { origins, changed: [b], message: 'no' });
  expect(rejections.note(...route, { origins, changed: [c], message: 'no' }).objects).toEqual([b, c]);
  rejections.acknowledged('rds', taken('80'));
  expect(rejections.find(...route)).toBeUndefined();
  expect(rejections.note(...route, { origins, changed: [a], message: 'no' }).objects).toEqual([a]);
});

test('long words are cut', () => {
  const { message } = new Rejections().note(...route, {
    origins: [],
    changed: [],
    message: 'x'.repeat(4000),
  });
  expect(message).toMatch(/^x{400}… \(of 4000 characters; all of them are in istiod’s log\)$/u);
});
