import { expect, test } from 'vitest';
import { BufferPool, MessageReader } from './message-reader.js';

function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

test.each([1, 3, 5, 1000, 70_000])(
  'messages come out whole however they are cut (pieces of %d)',
  (length) => {
    const messages = [Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(150_000, 7), Buffer.from('four')];
    const bytes = Buffer.concat(messages.map(framed));
    const received: Buffer[] = [];
    const reader = new MessageReader(new BufferPool(), (message) => received.push(Buffer.from(message)));
    for (let at = 0; at < bytes.length; at += length) reader.push(bytes.subarray(at, at + length));
    expect(received.map((message) => message.length)).toEqual([3, 0, 150_000, 4]);
    expect(Buffer.concat(received).equals(Buffer.concat(messages))).toBe(true);
  },
);

test('a compressed message is refused', () => {
  const reader = new MessageReader(new BufferPool(), () => undefined);
  expect(() => reader.push(Buffer.from([1, 0, 0, 0, 1, 0]))).toThrow('compresses');
});

test('a buffer that is given back is taken again where it is large enough', () => {
  const pool = new BufferPool();
  const buffer = pool.take(100_000);
  pool.give(buffer);
  expect(pool.take(200_000)).not.toBe(buffer);
  expect(pool.take(90_000)).toBe(buffer);
});
