import { isCidr, isIpv4 } from '@istio-ts/config-model';

/**
 * The one text of a network, so that equal networks are equal texts: `10.1.2.3/8` is `10.0.0.0/8`, an IPv6 network is eight
 * groups without leading zeros. What is no network is left as it is.
 */
export function canonicalCidr(written: string): string {
  if (!isCidr(written)) return written;
  const slash = written.indexOf('/');
  const [address, length] = [written.slice(0, slash), Number(written.slice(slash + 1))];
  const width = isIpv4(address) ? 8 : 16;
  const parts = isIpv4(address) ? address.split('.').map(Number) : ipv6Groups(address);
  const masked = parts.map((part, index) => {
    const kept = Math.min(width, Math.max(0, length - index * width));
    return part & (((1 << kept) - 1) << (width - kept));
  });
  const text = width === 8 ? masked.join('.') : masked.map((group) => group.toString(16)).join(':');
  return `${text}/${length}`;
}

function ipv6Groups(address: string): readonly number[] {
  const [head = '', tail] = withoutDots(address).split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: gap }, () => 0), ...after];
}

/** An IPv4 tail as two groups. */
function withoutDots(address: string): string {
  const colon = address.lastIndexOf(':');
  const tail = address.slice(colon + 1);
  if (!isIpv4(tail)) return address;
  const [a = 0, b = 0, c = 0, d = 0] = tail.split('.').map(Number);
  return `${address.slice(0, colon + 1)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function groupsOf(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
