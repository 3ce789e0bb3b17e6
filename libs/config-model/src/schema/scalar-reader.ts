import type { Place } from '../place.js';
import { parseDurationMs } from '../naming/duration.js';
import { suggest } from '../nearest-name.js';
import { describeValue } from './describe-value.js';
import { isPlainObject } from './plain-object.js';
import type { Reader, SchemaNode } from './schema-node.js';

export function expecting(what: string, accepts: (value: unknown) => boolean): Reader {
  return (value, place) => {
    if (accepts(value)) return value;
    place.error(`expected ${what}, found ${describeValue(value)}`);
    return undefined;
  };
}

export function compileText(schema: SchemaNode): Reader {
  const { enum: words, format } = schema;
  const text = expectingText(words ? `one of ${words.join(', ')}` : 'text');
  if (words) return compileWords(words, text);
  if (format === 'istio-duration') return compileDuration(text);
  if (format === 'byte') return compileBytes(text);
  return compileBoundedText(schema, text);
}

/** In a flow list, YAML takes `[fd00::]` for a mapping: told, since it looks like text. */
function expectingText(what: string): Reader {
  const text = expecting(what, (value) => typeof value === 'string');
  return (value, place) => {
    const [key, ...others] = isPlainObject(value) ? Object.keys(value) : [];
    if (!isPlainObject(value) || key === undefined || others.length > 0 || value[key] !== null)
      return text(value, place);
    place.error(
      `expected ${what}, found an object; put ${JSON.stringify(`${key}:`)} in quotes if it is text`,
    );
    return undefined;
  };
}

function compileBoundedText(
  { minLength = 0, maxLength = Infinity, pattern }: SchemaNode,
  text: Reader,
): Reader {
  if (minLength === 0 && maxLength === Infinity && pattern === undefined) return text;
  const wanted = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (value, place) => {
    if (typeof value !== 'string') return text(value, place);
    const length = lengthOf(value, maxLength);
    if (length < minLength) place.error('must not be empty');
    else if (length > maxLength) {
      place.error(`has ${length} characters, at most ${maxLength} are allowed`);
    } else if (wanted?.test(value) === false) {
      place.error(`${describeValue(value)} is not of the form ${wanted.source}`);
    }
    return value;
  };
}

/** Characters, where some take two places in a JavaScript text; counted only where that decides. */
function lengthOf(text: string, most: number): number {
  return text.length > most ? Array.from(text).length : text.length;
}

function compileWords(words: readonly string[], text: Reader): Reader {
  const known = new Set<unknown>(words);
  return (value, place) => {
    if (known.has(value)) return value;
    if (typeof value !== 'string') return text(value, place);
    place.error(`${describeValue(value)} is not one of ${words.join(', ')}${suggest(value, words)}`);
    return undefined;
  };
}

function compileDuration(text: Reader): Reader {
  return (value, place) => {
    if (typeof value !== 'string') return text(value, place);
    if (parseDurationMs(value) !== undefined) return value;
    place.error(`${describeValue(value)} is not a duration; write it like 2s, 0.5s, 100ms or 1h30m`);
    return undefined;
  };
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/u;

function compileBytes(text: Reader): Reader {
  return (value, place) => {
    if (typeof value !== 'string') return text(value, place);
    if (base64.test(value.replaceAll(/\s/gu, ''))) return value;
    place.error('is not base64');
    return undefined;
  };
}

const int32 = { minimum: -2_147_483_648, maximum: 2_147_483_647 } as const;
const safe = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const;

export function compileInteger(schema: SchemaNode): Reader {
  const widest = schema.format === 'int32' ? int32 : safe;
  const { minimum = widest.minimum, maximum = widest.maximum } = schema;
  return (value, place) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      place.error(`expected a whole number, found ${describeValue(value)}`);
      return undefined;
    }
    return within(value, { minimum, maximum }, place);
  };
}

export function compileNumber({ minimum = -Infinity, maximum = Infinity }: SchemaNode): Reader {
  const number = expecting('a number', (value) => typeof value === 'number' && Number.isFinite(value));
  return (value, place) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return number(value, place);
    return within(value, { minimum, maximum }, place);
  };
}

function within(
  value: number,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  place: Place,
): number | undefined {
  if (value >= minimum && value <= maximum) return value;
  place.error(`${value} is not between ${minimum} and ${maximum}`);
  return undefined;
}
