import { describe, expect, it } from 'vitest';
import { AddressPool, contains, parseIpRange } from './ip-range.js';

describe('address pool', () => {
  it('hands out the addresses of its range in order, without the reserved ones', () => {
    const pool = new AddressPool(parseIpRange('10.244.0.0/16'), 2);
    expect([pool.take(), pool.take()]).toEqual(['10.244.0.2', '10.244.0.3']);
  });

  it('uses an address that was given back only after all others', () => {
    const pool = new AddressPool(parseIpRange('10.0.0.0/29'), 2);
    const first = pool.take();
    pool.give(first);
    expect([pool.take(), pool.take(), pool.take(), pool.take(), pool.take()]).toEqual([
      '10.0.0.3',
      '10.0.0.4',
      '10.0.0.5',
      '10.0.0.6',
      first,
    ]);
  });

  it('says what to do when no address is left', () => {
    const pool = new AddressPool(parseIpRange('10.0.0.0/30'), 2);
    pool.take();
    expect(() => pool.take()).toThrow(/no address is left/);
  });

  it('knows its own addresses', () => {
    const range = parseIpRange('10.96.0.0/16');
    expect([contains(range, '10.96.3.4'), contains(range, '10.97.0.1')]).toEqual([true, false]);
  });
});
