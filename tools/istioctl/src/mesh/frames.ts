/** The streams of a command that runs in a pod, as the mesh numbers them. */
export const Channel = { Stdout: 1, Stderr: 2, Exit: 3 } as const;

/** What a command in a pod came to. */
export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  /** undefined: the connection ended before the command did. */
  readonly exitStatus: number | undefined;
}

const headerLength = 5;

/** Reads the whole answer of an exec session: frames of one byte channel, four bytes length, payload. */
export function decodeExecResult(bytes: Buffer): ExecResult {
  const parts = new Map<number, Buffer[]>();
  let offset = 0;
  while (offset + headerLength <= bytes.length) {
    const channel = bytes.readUInt8(offset);
    const end = offset + headerLength + bytes.readUInt32BE(offset + 1);
    if (end > bytes.length) break;
    const known = parts.get(channel) ?? [];
    known.push(bytes.subarray(offset + headerLength, end));
    parts.set(channel, known);
    offset = end;
  }
  const textOf = (channel: number): string => Buffer.concat(parts.get(channel) ?? []).toString('utf8');
  const exit = textOf(Channel.Exit);
  return {
    stdout: textOf(Channel.Stdout),
    stderr: textOf(Channel.Stderr),
    exitStatus: exit === '' ? undefined : Number(exit),
  };
}
