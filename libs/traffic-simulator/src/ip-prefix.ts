/** An address as its bits, or undefined where the text is no IP address. IPv4 has 32 bits, IPv6 128. */
function bitsOf(address: string): { readonly width: 32 | 128; readonly value: bigint } | undefined {
  const octets = address.split('.');
  if (octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) {
    return { width: 32, value: octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n) };
  }
  const [head = '', tail, ...rest] = address.split('::');
  if (rest.length > 0 || !address.includes(':')) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...right];
  if (groups.length !== 8 || !groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { width: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) };
}

/** Whether `address` lies in `prefix/length`; a length beyond the family's width counts as the full width. */
export function isInPrefix(address: string, prefix: string, length: number): boolean {
  const a = bitsOf(address);
  const b = bitsOf(prefix);
  if (a === undefined || b === undefined || a.width !== b.width) return false;
  const shift = BigInt(Math.max(a.width - length, 0));
  return a.value >> shift === b.value >> shift;
}
