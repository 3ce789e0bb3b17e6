import { Composer, isMap, isScalar, isSeq, Lexer, Parser, type CST, type Document } from 'yaml';
import type { PathKey } from '../place.js';
import { findDuplicateKeys } from './duplicate-keys.js';
import { withFlowTexts } from './flow-texts.js';
import { limits } from './limits.js';
import { parsePlainYaml, type PlainDocument } from './plain-yaml.js';

/** What is wrong with a text as YAML; `offset` counts in the document's text. */
export interface YamlProblem {
  readonly kind: 'syntax' | 'limit';
  readonly message: string;
  readonly offset: number;
}

export interface YamlDocument {
  readonly value: unknown;
  /** Offset of what stands at a path, or of the nearest thing around it. */
  readonly offsetOf: (path: readonly PathKey[]) => number;
}

type Outcome =
  { readonly documents: readonly YamlDocument[] } | { readonly problems: readonly YamlProblem[] };

type Composed = Document.Parsed;

const options = {
  prettyErrors: false,
  logLevel: 'silent',
  merge: true,
  uniqueKeys: false,
  keepSourceTokens: false,
} as const;

/** Parses one YAML document (more where `...` separates them); values are plain objects. Never throws. */
export function parseYaml(text: string): Outcome {
  if (text.length > limits.documentLength) {
    return limit(`a document may have ${limits.documentLength} characters, this one has ${text.length}`, 0);
  }
  const plain = parsePlainYaml(text);
  return plain === undefined ? parseFullYaml(text) : { documents: [withPlaces(plain, text)] };
}

/** Places are looked for only where something is to be said of one. */
function withPlaces({ value, offset }: PlainDocument, text: string): YamlDocument {
  let full: Outcome | undefined;
  return {
    value,
    offsetOf: (path) => {
      if (path.length === 0) return offset;
      full ??= parseFullYaml(text);
      const [document] = 'documents' in full ? full.documents : [];
      return document?.offsetOf(path) ?? offset;
    },
  };
}

/** The same by the parser that knows all of YAML and the place of everything. */
export function parseFullYaml(text: string): Outcome {
  const tokens = tokenize(text);
  if ('problems' in tokens) return tokens;
  try {
    const documents = [...new Composer(options).compose(tokens.tokens)] as Composed[];
    const problems = documents.flatMap(problemsOf);
    if (problems.length > 0) return { problems: problems.slice(0, limits.syntaxIssues) };
    return { documents: documents.map((document) => toDocument(document, text)) };
  } catch (error) {
    return failure(error);
  }
}

/** Lexes and groups without recursion, so that depth and size are known before anything recursive runs. */
function tokenize(
  text: string,
): { readonly tokens: readonly CST.Token[] } | { readonly problems: readonly YamlProblem[] } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    count += 1;
    offset += isControl(lexeme) ? 0 : lexeme.length;
    if (parser.stack.length > limits.depth)
      return limit(`nested more than ${limits.depth} levels deep`, offset);
    if (count > limits.lexemes)
      return limit(`more than ${limits.lexemes} words and marks in one document`, offset);
  }
  tokens.push(...parser.end());
  return { tokens };
}

/** The lexer's own marks for document, flow error, scalar: no part of the text. */
function isControl(lexeme: string): boolean {
  return lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f';
}

function limit(message: string, offset: number): { readonly problems: readonly YamlProblem[] } {
  return { problems: [{ kind: 'limit', message, offset }] };
}

function failure(error: unknown): { readonly problems: readonly YamlProblem[] } {
  const message = error instanceof Error ? sentence(error.message) : String(error);
  if (error instanceof ReferenceError && message.startsWith('Excessive')) {
    return limit('its aliases multiply to more than is read; write the values out', 0);
  }
  return { problems: [{ kind: 'syntax', message: `cannot be read as YAML: ${message}`, offset: 0 }] };
}

function problemsOf(document: Composed): readonly YamlProblem[] {
  const syntax = document.errors.map(({ code, message, pos: [offset] }) => ({
    kind: 'syntax' as const,
    message: words[code] ?? sentence(message),
    offset,
  }));
  if (syntax.length > 0) return syntax;
  return findDuplicateKeys(document.contents).map(({ key, offset }) => ({
    kind: 'syntax',
    message: `the key ${JSON.stringify(key)} stands here twice; remove one`,
    offset,
  }));
}

/** Our words for the mistakes that people make most; the library's for the others. */
const words: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " in one line; put a value that has one in quotes',
  TAB_AS_INDENT: 'a tab in the indentation; use spaces',
};

function sentence(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

function toDocument(document: Composed, text: string): YamlDocument {
  const value: unknown = document.toJS({ maxAliasCount: limits.aliases });
  return { value: withFlowTexts(value, text), offsetOf: (path) => findOffset(document, path) };
}

function findOffset(document: Composed, path: readonly PathKey[]): number {
  let node: unknown = document.contents;
  let offset = rangeStart(node) ?? 0;
  for (const key of path) {
    const child = childOf(node, key);
    if (child === undefined) return offset;
    offset = child.offset;
    node = child.node;
  }
  return isScalar(node) ? (rangeStart(node) ?? offset) : offset;
}

function childOf(
  node: unknown,
  key: PathKey,
): { readonly node: unknown; readonly offset: number } | undefined {
  if (isSeq(node) && typeof key === 'number') {
    const item = node.items[key];
    const offset = rangeStart(item);
    return offset === undefined ? undefined : { node: item, offset };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key));
  const offset = rangeStart(pair?.key);
  return pair === undefined || offset === undefined ? undefined : { node: pair.value, offset };
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  return Array.isArray(node.range) && typeof node.range[0] === 'number' ? node.range[0] : undefined;
}
