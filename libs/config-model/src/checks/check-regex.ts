import type { Place } from '../place.js';

/** What RE2, Envoy's engine, does not have: look-around and back references. */
const notInRe2 = /\(\?(?:[=!]|<[=!])|(?:^|[^\\])(?:\\\\)*\\[1-9]/u;

/** Whether Envoy would refuse a regular expression, as well as can be told without its engine. */
export function checkRegex(pattern: string, place: Place): void {
  if (notInRe2.test(pattern)) {
    place.error(`${JSON.stringify(pattern)} uses look-around or back references, which RE2 does not have`);
    return;
  }
  try {
    new RegExp(toEcmaScript(pattern));
  } catch {
    place.error(`${JSON.stringify(pattern)} is not a regular expression`);
  }
}

function toEcmaScript(pattern: string): string {
  return pattern
    .replaceAll(/\(\?[imsU]+\)/gu, '')
    .replaceAll(/\(\?[imsU]+:/gu, '(?:')
    .replaceAll('(?P<', '(?<');
}
