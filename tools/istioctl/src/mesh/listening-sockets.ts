import type { ListeningSocket } from '@istio-ts/config-analysis';

const listening = '0A';

/** The sockets that wait for connections in Linux' tables `/proc/net/tcp` and `/proc/net/tcp6`, one after the other. */
export function parseListeningSockets(tables: string): readonly ListeningSocket[] {
  const rows = tables.split('\n').map((line) => line.trim().split(/\s+/u));
  return rows.flatMap(([, local = '', , state]) => {
    const [address = '', port = ''] = local.split(':');
    return state === listening ? [{ port: parseInt(port, 16), isLocal: isLoopback(address) }] : [];
  });
}

/** Words of four bytes, each with its last byte first: `0100007F`, `…00000000 01000000`, `…FFFF0000 0100007F`. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  return address === `${'0'.repeat(24)}01000000` || /^0{16}FFFF0000.{6}7F$/u.test(address);
}
