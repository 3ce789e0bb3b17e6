import type { Issue } from '@istio-ts/foundation';
import { IssueCode } from '../issue-code.js';
import type { PathKey } from '../place.js';
import type { Resource } from '../resource.js';
import type { ValidationOptions } from '../validation-options.js';
import { limits } from './limits.js';
import { LineIndex } from './line-index.js';
import { isList } from './list.js';
import { parseResource, type ParseContext } from './parse-resource.js';
import { parseYaml, type YamlDocument, type YamlProblem } from './parse-yaml.js';
import { splitDocuments } from './split-documents.js';

export interface ManifestOptions extends ValidationOptions {
  /** The text's name in positions. */
  readonly file: string;
  readonly source: string;
  readonly cluster: string;
  readonly defaultNamespace?: string;
}

export interface Manifests {
  /** The accepted objects, in the order of the text. */
  readonly resources: readonly Resource[];
  /** Everything to be said about the text, in its order: what was refused or passed over, and warnings. */
  readonly issues: readonly Issue[];
}

/**
 * Reads a text of YAML (or JSON) documents. Each document stands alone: a broken one costs itself. Lists are opened. Issues
 * have the line and column of what they are about. Never throws, whatever the text.
 */
export function parseManifests(text: string, options: ManifestOptions): Manifests {
  const lines = new LineIndex(options.file, text);
  const documents = text.length > limits.textLength ? undefined : splitDocuments(text);
  if (documents === undefined || documents.length > limits.documents) {
    return { resources: [], issues: [tooMuch(lines)] };
  }
  const parsed = documents.map((part) => parsePart(part.text, { ...options, lines, base: part.offset }));
  return {
    resources: parsed.flatMap(({ resources }) => resources),
    issues: parsed.flatMap(({ issues }) => issues),
  };
}

interface Part extends ManifestOptions {
  readonly lines: LineIndex;
  readonly base: number;
}

const nothing: Manifests = { resources: [], issues: [] };

function parsePart(text: string, part: Part): Manifests {
  const outcome = parseYaml(text);
  if ('problems' in outcome) {
    return { resources: [], issues: outcome.problems.map((problem) => problemIssue(problem, part)) };
  }
  return join(outcome.documents.map((document) => parseDocument(document, part)));
}

function parseDocument({ value, offsetOf }: YamlDocument, part: Part): Manifests {
  if (value === null || value === undefined) return nothing;
  const { lines, base, ...context } = part;
  const contextAt = (prefix: readonly PathKey[]): ParseContext => ({
    ...context,
    locate: (path) => lines.position(base + offsetOf([...prefix, ...path])),
  });
  if (!isList(value)) return parseOne(value, contextAt([]));
  return join(value.items.map((item, index) => parseOne(item, contextAt(['items', index]))));
}

function parseOne(value: unknown, context: ParseContext): Manifests {
  const result = parseResource(value, context);
  return result.ok
    ? { resources: [result.value], issues: result.issues }
    : { resources: [], issues: result.error };
}

function join(parts: readonly Manifests[]): Manifests {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return {
    resources: parts.flatMap(({ resources }) => resources),
    issues: parts.flatMap(({ issues }) => issues),
  };
}

function problemIssue({ kind, message, offset }: YamlProblem, { lines, base }: Part): Issue {
  const code = kind === 'limit' ? IssueCode.Limit : IssueCode.Syntax;
  return { code, severity: 'error', message, position: lines.position(base + offset) };
}

function tooMuch(lines: LineIndex): Issue {
  const message = `more than ${limits.textLength} characters or ${limits.documents} documents in one text; split it`;
  return { code: IssueCode.Limit, severity: 'error', message, position: lines.position(0) };
}
