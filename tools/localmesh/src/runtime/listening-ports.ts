const listening = '0A';

export interface ListeningSocket {
  /** IPv4 address; empty for IPv6. */
  readonly address: string;
  readonly port: number;
}

/** What listens according to a `/proc/<pid>/net/tcp` or `tcp6` table. Addresses stand there in the machine's byte order. */
export function parseListeningSockets(table: string): readonly ListeningSocket[] {
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.flatMap((row) => {
    const [address = '', port = ''] = row[1]?.split(':') ?? [];
    return row[3] === listening ? [{ address: readAddress(address), port: parseInt(port, 16) }] : [];
  });
}

export function parseListeningPorts(table: string): ReadonlySet<number> {
  return new Set(parseListeningSockets(table).map(({ port }) => port));
}

function readAddress(hex: string): string {
  if (hex.length !== 8) return '';
  return [6, 4, 2, 0].map((at) => parseInt(hex.slice(at, at + 2), 16)).join('.');
}
