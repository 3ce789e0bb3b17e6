import { expect, test } from 'vitest';
import { parseListeningSockets } from './listening-sockets.js';

const row = (local: string, state = '0A') =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 31 1`;

test('sockets are read that listen, with whether only the pod itself reaches them', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    row('0100007F:1F90'),
    row('00000000:0050'),
    row('0200000A:0051'),
    row('0100007F:9C40', '01'),
    row('00000000000000000000000001000000:1F91'),
    row('0000000000000000FFFF00000100007F:1F92'),
    row('00000000000000000000000000000000:1F93'),
    '',
  ];
  expect(parseListeningSockets(table.join('\n'))).toEqual([
    { port: 8080, isLocal: true },
    { port: 80, isLocal: false },
    { port: 81, isLocal: false },
    { port: 8081, isLocal: true },
    { port: 8082, isLocal: true },
    { port: 8083, isLocal: false },
  ]);
  expect(parseListeningSockets('')).toEqual([]);
});
