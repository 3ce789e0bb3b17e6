import type { Place } from '../place.js';
import { isIpOrCidr } from '../naming/ip-address.js';

const portName = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/u;

export function checkPortName(name: string, place: Place): void {
  if (name === '') place.error('the port needs a name');
  else if (name.length > 63 || !portName.test(name))
    place.error(`${JSON.stringify(name)} is not a port name`);
}

export function checkIpOrCidr(text: string, place: Place): void {
  if (!isIpOrCidr(text))
    place.error(`${JSON.stringify(text)} is neither an IP address nor a network like 10.0.0.0/8`);
}

/** Reports every entry that stands in a list a second time. */
export function checkUnique<T>(
  items: readonly T[],
  keyOf: (item: T) => string | number | undefined,
  report: (index: number, key: string | number) => void,
): void {
  const seen = new Set<string | number>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    if (key === undefined) continue;
    if (seen.has(key)) report(index, key);
    seen.add(key);
  }
}
