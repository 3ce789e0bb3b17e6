/** Whether an address is this machine's loopback, also where IPv4 is written inside IPv6. */
export function isLoopback(ip: string): boolean {
  const plain = ip.startsWith('::ffff:') ? ip.slice('::ffff:'.length) : ip;
  return plain === '::1' || plain.startsWith('127.');
}
