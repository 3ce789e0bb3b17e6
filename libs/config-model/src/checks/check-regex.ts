import { re2Fault } from '../naming/re2-syntax.js';
import type { Place } from '../place.js';

/** What Envoy is told to take; a longer one would be refused by the proxies alone. */
const longest = 1024;

/** Whether Envoy would refuse a regular expression. */
export function checkRegex(pattern: string, place: Place): void {
  if (pattern.length > longest) {
    place.error(`is longer than ${longest} characters, which is the most that a regular expression may have`);
    return;
  }
  const fault = re2Fault(pattern);
  if (fault !== undefined) place.error(`${JSON.stringify(pattern)} is not a regular expression: ${fault}`);
}
