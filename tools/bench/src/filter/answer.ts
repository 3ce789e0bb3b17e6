const headEnd = Buffer.from('\r\n\r\n');
const contentLength = /^content-length: *(\d+)/imu;

/** How many bytes the first answer of HTTP/1.1 takes; undefined while it is not all there. */
export function answerSize(bytes: Buffer): number | undefined {
  const at = bytes.indexOf(headEnd);
  if (at === -1) return undefined;
  const size = at + headEnd.length + Number(contentLength.exec(bytes.toString('latin1', 0, at))?.[1] ?? 0);
  return bytes.length < size ? undefined : size;
}
