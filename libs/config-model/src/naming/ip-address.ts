const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/u;
const hexGroup = /^[0-9a-f]{1,4}$/iu;

export function isIpv4(text: string): boolean {
  return ipv4.test(text);
}

export function isIpv6(text: string): boolean {
  if (text.length > 45 || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const dotted = last?.includes('.') === true && !text.endsWith(':');
  if (dotted && !isIpv4(last)) return false;
  const count = groups.length + (dotted ? 1 : 0);
  const hex = dotted ? groups.slice(0, -1) : groups;
  if (!hex.every((group) => hexGroup.test(group))) return false;
  return halves.length === 2 ? count <= 7 : count === 8;
}

export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** `10.0.0.0/8`, `fd00::/8`; an address alone is not one. */
export function isCidr(text: string): boolean {
  const match = /^(.+)\/(0|[1-9]\d{0,2})$/u.exec(text);
  if (match === null) return false;
  const [, address = '', bits = ''] = match;
  return (isIpv4(address) && Number(bits) <= 32) || (isIpv6(address) && Number(bits) <= 128);
}

/** An address, or a network in CIDR form. */
export function isIpOrCidr(text: string): boolean {
  return isIpAddress(text) || isCidr(text);
}
