import type { Place } from '../place.js';

/** A token of HTTP. */
const token = /^[-!#$%&'*+.^_`|~A-Za-z0-9]+$/u;
/** What HTTP/2 carries as headers beside the headers. */
const pseudoHeaders: readonly string[] = [':method', ':scheme', ':authority', ':path', ':status'];

/** Text, doubled percent signs, and variables of Envoy: `%HOSTNAME%`, `%REQ(x-a):10%`, `%UPSTREAM_METADATA(["a", "b"])%`. */
const commands =
  /%%|%[^%(]+(?:\( *(?:\[ *"(?:\\.|[^"\\])*"(?: *, *"(?:\\.|[^"\\])*")* *\] *|[^[ ](?:\\.|[^)\\])*)\)(?::\d+)? *)?%|[^%]+/uy;

/** Control characters, the tab aside. */
const control = /[\u0000-\u0008\u000A-\u001F\u007F]/u;

/** The names that Kubernetes takes for headers of probes. */
export function isProbeHeaderName(name: string): boolean {
  return /^[-A-Za-z0-9]+$/u.test(name);
}

/** The names that are taken for headers that the proxies set themselves: fewer characters than HTTP allows. */
export function isPlainHeaderName(name: string): boolean {
  return /^[-_A-Za-z0-9]+$/u.test(name);
}

export function isHeaderName(name: string): boolean {
  return token.test(name);
}

export function checkHeaderName(name: string, place: Place): void {
  if (name === '') place.error('the header name is empty');
  else if (!isHeaderName(name)) place.error(`${JSON.stringify(name)} is not a header name`);
}

/** The name of a header to be matched, HTTP/2's pseudo headers among them. */
export function checkMatchedHeaderName(name: string, place: Place): void {
  if (!pseudoHeaders.includes(name)) checkHeaderName(name, place);
}

/** A value that Envoy will format: `%` begins a variable, or is doubled. */
export function checkHeaderValue(value: string, place: Place): void {
  if (control.test(value)) place.error('has a control character, which HTTP does not allow');
  commands.lastIndex = 0;
  let at = 0;
  while (at < value.length && commands.test(value)) at = commands.lastIndex;
  if (at < value.length) {
    place.error(`the "%" at character ${at + 1} begins no variable; write "%%" for a percent sign`);
  }
}
