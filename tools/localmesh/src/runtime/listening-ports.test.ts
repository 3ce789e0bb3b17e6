import { describe, expect, it } from 'vitest';
import { parseListeningSockets } from './listening-ports.js';

const table = `  sl  local_address rem_address   st tx_queue rx_queue
   0: 00000000:0BB8 00000000:0000 0A 00000000:00000000
   1: 0500447F:1F90 00000000:0000 0A 00000000:00000000
   2: 0100007F:A1B2 0100007F:0BB8 01 00000000:00000000
`;

describe('listening ports', () => {
  it('are read from the table of the kernel, without open connections', () => {
    expect(parseListeningSockets(table)).toEqual([
      { address: '0.0.0.0', port: 3000 },
      { address: '127.68.0.5', port: 8080 },
    ]);
  });
});
