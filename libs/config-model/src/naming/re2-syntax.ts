/** Longest repetition that RE2 takes, `a{1000}`. */
const mostRepeats = 1000;

/**
 * Why RE2, the engine of Envoy and Istio, does not take a regular expression, or undefined where it does. Follows the
 * syntax of RE2 with Perl's classes, which knows no look-around, no back references and no atomic groups.
 */
export function re2Fault(pattern: string): string | undefined {
  const scan: Scan = { pattern, at: 0, open: 0, repeatable: false, names: new Set() };
  while (scan.at < pattern.length) {
    const fault = step(scan);
    if (fault !== undefined) return fault;
  }
  return scan.open > 0 ? 'a ")" is missing' : undefined;
}

interface Scan {
  readonly pattern: string;
  at: number;
  /** Groups that are not closed yet. */
  open: number;
  /** Whether a repetition may follow. */
  repeatable: boolean;
  readonly names: Set<string>;
}

function step(scan: Scan): string | undefined {
  const { pattern, at } = scan;
  switch (pattern[at]) {
    case '(':
      return openGroup(scan);
    case ')':
      if (scan.open === 0) return 'a "(" is missing';
      scan.open -= 1;
      return advance(scan, 1);
    case '|':
      return advance(scan, 1, false);
    case '*':
    case '+':
    case '?':
      return repeat(scan, 1);
    case '{':
      return repeatCounted(scan);
    case '[':
      return readClass(scan);
    case '\\':
      return readEscape(scan);
    default:
      return advance(scan, 1);
  }
}

function advance(scan: Scan, length: number, repeatable = true): string | undefined {
  scan.at += length;
  scan.repeatable = repeatable;
  return undefined;
}

const flags = /^\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)?(:|\))/u;
const nameOf = /^\?P?<([A-Za-z0-9_]+)>/u;

function openGroup(scan: Scan): string | undefined {
  const rest = scan.pattern.slice(scan.at + 1);
  if (!rest.startsWith('?')) return enter(scan, 1);
  const name = nameOf.exec(rest);
  if (name) {
    const [written, own = ''] = name;
    if (scan.names.has(own)) return `two groups have the name "${own}"`;
    scan.names.add(own);
    return enter(scan, 1 + written.length);
  }
  const [written = '', end] = flags.exec(rest) ?? [];
  if (end === ':') return enter(scan, 1 + written.length);
  if (end === ')' && written.length > 2) return advance(scan, 1 + written.length, false);
  return `"(${rest.slice(0, 2)}" begins no group that RE2 has: it knows no look-around`;
}

function enter(scan: Scan, length: number): string | undefined {
  scan.open += 1;
  return advance(scan, length, false);
}

function repeat(scan: Scan, length: number): string | undefined {
  const written = scan.pattern.slice(scan.at, scan.at + length);
  if (!scan.repeatable) return `"${written}" has nothing to repeat`;
  const lazy = scan.pattern[scan.at + length] === '?' ? 1 : 0;
  return advance(scan, length + lazy, false);
}

const counted = /^\{(\d+)(?:(,)(\d*))?\}/u;

/** `{2,5}`; braces of any other form are ordinary characters. */
function repeatCounted(scan: Scan): string | undefined {
  const match = counted.exec(scan.pattern.slice(scan.at));
  if (match === null) return advance(scan, 1);
  const [written, least = '', comma, most = ''] = match;
  const upper = comma === undefined ? Number(least) : most === '' ? -1 : Number(most);
  if (Number(least) > mostRepeats || upper > mostRepeats || (upper >= 0 && upper < Number(least)))
    return `"${written}" is no repetition that RE2 takes (${mostRepeats} at most)`;
  return repeat(scan, written.length);
}

const simpleEscape =
  /^\\(?:[AzbBdDsSwWafnrtv]|0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]{1,6}\})/u;
const property = /^\\[pP](?:([A-Z])|\{\^?([A-Za-z_]+)\})/u;
const punctuation = /^\\[^A-Za-z0-9]/u;

function readEscape(scan: Scan): string | undefined {
  const rest = scan.pattern.slice(scan.at);
  if (rest.startsWith('\\Q')) {
    const end = rest.indexOf('\\E');
    return advance(scan, end === -1 ? rest.length : end + 2);
  }
  const length = escapeLength(rest);
  return length === undefined ? unknownEscape(rest) : advance(scan, length);
}

function escapeLength(rest: string): number | undefined {
  const [property_ = '', letter, word] = property.exec(rest) ?? [];
  if (property_ !== '') return isProperty(letter ?? word ?? '') ? property_.length : undefined;
  return (simpleEscape.exec(rest) ?? punctuation.exec(rest))?.[0].length;
}

function unknownEscape(rest: string): string {
  if (rest.length === 1) return 'it ends with a "\\" that escapes nothing';
  const written = rest.slice(0, 2);
  return /^\\[1-9]/u.test(rest)
    ? `"${written}" refers back to a group, which RE2 does not have`
    : `"${written}" is no escape that RE2 has`;
}

function isProperty(name: string): boolean {
  return name === 'Any' || isUnicodeSet(name) || isUnicodeSet(`Script=${name}`);
}

function isUnicodeSet(name: string): boolean {
  try {
    new RegExp(`\\p{${name}}`, 'u');
    return true;
  } catch {
    return false;
  }
}

const posix =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/u;

/** `[^a-z\d[:alpha:]]`; a "]" in front is an ordinary character. */
function readClass(scan: Scan): string | undefined {
  const { pattern } = scan;
  let at = scan.at + (pattern[scan.at + 1] === '^' ? 2 : 1);
  for (let first = true; first || pattern[at] !== ']'; first = false) {
    if (at >= pattern.length) return 'a "]" is missing';
    const rest = pattern.slice(at);
    const named = posix.exec(rest)?.[0].length;
    if (named === undefined && /^\[:[^\]]*:\]/u.test(rest))
      return `"${rest.slice(0, rest.indexOf(']') + 1)}" is no class`;
    const low = named ?? elementLength(rest);
    if (low === undefined) return unknownEscape(rest);
    at += low;
    if (named !== undefined || !isRange(pattern, at)) continue;
    const high = elementLength(pattern.slice(at + 1));
    if (high === undefined) return unknownEscape(pattern.slice(at + 1));
    const range = pattern.slice(at - low, at + 1 + high);
    if (low === 1 && high === 1 && range > `${range.charAt(2)}${range.slice(1)}`)
      return `"${range}" is a range that ends before it begins`;
    at += 1 + high;
  }
  scan.at = at + 1;
  scan.repeatable = true;
  return undefined;
}

function isRange(pattern: string, at: number): boolean {
  return pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']';
}

function elementLength(rest: string): number | undefined {
  return rest.startsWith('\\') ? escapeLength(rest) : String.fromCodePoint(rest.codePointAt(0) ?? 0).length;
}
