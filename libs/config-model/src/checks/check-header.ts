import type { Place } from '../place.js';

/** A token of HTTP, or one of HTTP/2's pseudo headers. */
const token = /^:?[-!#$%&'*+.^_`|~A-Za-z0-9]+$/u;
const commands = /%%|%[A-Z0-9_]+(?:\([^()]*\))?(?::\d+)?%|[^%]+/uy;

export function isHeaderName(name: string): boolean {
  return token.test(name);
}

export function checkHeaderName(name: string, place: Place): void {
  if (name === '') place.error('the header name is empty');
  else if (!isHeaderName(name)) place.error(`${JSON.stringify(name)} is not a header name`);
}

/** A value that Envoy will format: `%` begins a command (`%HOSTNAME%`), or is doubled. */
export function checkHeaderValue(value: string, place: Place): void {
  commands.lastIndex = 0;
  let at = 0;
  while (at < value.length && commands.test(value)) at = commands.lastIndex;
  if (at < value.length) {
    place.error(`the "%" at character ${at + 1} begins no variable; write "%%" for a percent sign`);
  }
}
