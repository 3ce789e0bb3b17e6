import { CORE_SCHEMA, load } from 'js-yaml';
import { withFlowTexts } from './flow-texts.js';
import { limits } from './limits.js';

/** The value of a document, and where it begins. */
export interface PlainDocument {
  readonly value: unknown;
  readonly offset: number;
}

/**
 * What is not plain: tabs, document ends, directives, anchors, aliases, tags, merge and complex keys, null as a key,
 * negative zeros, numbers with underscores, and keys that are numbers but not ports.
 */
const notPlain = new RegExp(
  [
    String.raw`[\t\r\u0085\u2028\u2029\uFEFF]`,
    String.raw`^\.\.\.`,
    String.raw`^%`,
    String.raw`(?:^|[\s[{,])[&*!?](?:[^\s"']|$)`,
    String.raw`(?:^|[\s[{,])\?\s`,
    String.raw`<<`,
    String.raw`(?:^|[[{,-])\s*(?:null|Null|NULL|~)?\s*:(?:\s|$)`,
    String.raw`\d_`,
    String.raw`(?:^|[\s[{,])-0`,
    String.raw`(?:^|[\s[{,])(?:[-+.]|0\d|0[ox])[\w.+-]*\s*:`,
    String.raw`(?:^|[\s[{,])\d+[.eE][\w.+-]*\s*:`,
  ].join('|'),
  'mu',
);

/**
 * The value of a text in the plain part of YAML that nearly all manifests are written in, by a parser that is many times
 * faster and keeps no places. Undefined: not plain, very long, or something is wrong with it; the full parser decides and explains.
 */
export function parsePlainYaml(text: string): PlainDocument | undefined {
  if (text.length > limits.plainLength) return undefined;
  const offset = contentOffset(text);
  if (offset === undefined || notPlain.test(text)) return undefined;
  try {
    const value = load(text, { schema: CORE_SCHEMA });
    return isShallow(value, limits.depth) ? { value: withFlowTexts(value, text), offset } : undefined;
  } catch {
    return undefined;
  }
}

const beforeContent = /^(?:---(?=[ \n]))?(?:[ \n]|#[^\n]*\n)*/u;

function contentOffset(text: string): number | undefined {
  const offset = beforeContent.exec(text)?.[0].length ?? 0;
  return offset < text.length ? offset : undefined;
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isShallow(each, levels - 1));
}
