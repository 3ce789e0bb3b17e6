/** The part of HTTP/2 (RFC 9113) that a gRPC client with one stream needs. */
export const FrameType = {
  Data: 0,
  Headers: 1,
  ResetStream: 3,
  Settings: 4,
  Ping: 6,
  GoAway: 7,
  WindowUpdate: 8,
} as const;

export const FrameFlag = { EndStream: 1, Ack: 1, EndHeaders: 4, Padded: 8 } as const;

export const SettingId = { EnablePush: 2, InitialWindowSize: 4, MaxFrameSize: 5 } as const;

export const frameHeaderBytes = 9;
export const defaultWindow = 65_535;
export const largestWindow = 2 ** 31 - 1;
export const largestFrame = 16_384;

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

export interface FrameHead {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
}

export function encodeFrame({ type, flags, streamId }: FrameHead, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(frameHeaderBytes + payload.length);
  frame.writeUIntBE(payload.length, 0, 3);
  frame[3] = type;
  frame[4] = flags;
  frame.writeUInt32BE(streamId, 5);
  frame.set(payload, frameHeaderBytes);
  return frame;
}

export function encodeWindowUpdate(streamId: number, increment: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(increment);
  return encodeFrame({ type: FrameType.WindowUpdate, flags: 0, streamId }, payload);
}

function encodeSettings(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(settings.length * 6);
  settings.forEach(([id, value], index) => {
    payload.writeUInt16BE(id, index * 6);
    payload.writeUInt32BE(value, index * 6 + 2);
  });
  return encodeFrame({ type: FrameType.Settings, flags: 0, streamId: 0 }, payload);
}

export const settingsAck = encodeFrame(
  { type: FrameType.Settings, flags: FrameFlag.Ack, streamId: 0 },
  Buffer.alloc(0),
);

/** The first bytes of a client: preface, settings without push, windows as large as they can be. */
export const clientGreeting = Buffer.concat([
  preface,
  encodeSettings([
    [SettingId.EnablePush, 0],
    [SettingId.InitialWindowSize, largestWindow],
  ]),
  encodeWindowUpdate(0, largestWindow - defaultWindow),
]);

/** HPACK with literals only: no table to keep, nothing to decode on the way back. */
function literal(name: Buffer, value: string): Buffer {
  return Buffer.concat([name, Buffer.from([value.length]), Buffer.from(value, 'latin1')]);
}

const staticMethodPost = Buffer.from([0x83]);
const staticSchemeHttp = Buffer.from([0x86]);
const nameAuthority = Buffer.from([0x01]);
const namePath = Buffer.from([0x04]);
const nameContentType = Buffer.from([0x0f, 0x10]);
const nameTe = Buffer.concat([Buffer.from([0x00, 2]), Buffer.from('te')]);

/** HEADERS that open a gRPC call on stream `streamId`; authority and path below 127 bytes. */
export function encodeCallHeaders(streamId: number, authority: string, path: string): Buffer {
  const block = Buffer.concat([
    staticMethodPost,
    staticSchemeHttp,
    literal(namePath, path),
    literal(nameAuthority, authority),
    literal(nameContentType, 'application/grpc'),
    literal(nameTe, 'trailers'),
  ]);
  return encodeFrame({ type: FrameType.Headers, flags: FrameFlag.EndHeaders, streamId }, block);
}
