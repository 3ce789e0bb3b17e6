import { expect, test } from 'vitest';
import { FrameReader } from './frame-reader.js';
import { encodeFrame, FrameFlag, FrameType, type FrameHead } from './http2-frames.js';

function readInPieces(bytes: Buffer, pieceLength: number) {
  const data: Buffer[] = [];
  const control: (FrameHead & { readonly payload: string })[] = [];
  let ends = 0;
  const reader = new FrameReader({
    data: (piece) => data.push(Buffer.from(piece)),
    ended: () => (ends += 1),
    control: (head, payload) => control.push({ ...head, payload: payload.toString('latin1') }),
  });
  for (let at = 0; at < bytes.length; at += pieceLength) reader.push(bytes.subarray(at, at + pieceLength));
  return { data: Buffer.concat(data).toString('latin1'), control, ends };
}

const stream = Buffer.concat([
  encodeFrame({ type: FrameType.Settings, flags: 0, streamId: 0 }, Buffer.alloc(0)),
  encodeFrame({ type: FrameType.Data, flags: 0, streamId: 1 }, Buffer.from('hello ')),
  encodeFrame({ type: FrameType.Ping, flags: 0, streamId: 0 }, Buffer.from('12345678')),
  encodeFrame({ type: FrameType.Data, flags: 0, streamId: 1 }, Buffer.alloc(0)),
  encodeFrame({ type: FrameType.Data, flags: FrameFlag.EndStream, streamId: 1 }, Buffer.from('world')),
]);

test.each([1, 2, 7, 9, 1000])('frames are the same however the bytes are cut (pieces of %d)', (length) => {
  expect(readInPieces(stream, length)).toEqual({
    data: 'hello world',
    control: [
      { type: FrameType.Settings, flags: 0, streamId: 0, payload: '' },
      { type: FrameType.Ping, flags: 0, streamId: 0, payload: '12345678' },
    ],
    ends: 1,
  });
});

test('padded data is refused, not misread', () => {
  const padded = encodeFrame(
    { type: FrameType.Data, flags: FrameFlag.Padded, streamId: 1 },
    Buffer.from([1, 7, 0]),
  );
  expect(() => readInPieces(padded, 100)).toThrow('pads its frames');
});
