import { IssueCode } from '@istio-ts/config-model';
import { err, ok, type Issue, type Result } from '@istio-ts/foundation';
import { isAlias, LineCounter, parseAllDocuments, type Document } from 'yaml';
import { isRecord } from './json-record.js';
import { inNamespace, isKubeObject, type KubeObject } from './kube-object.js';

export interface ManifestOptions {
  /** How issues name the text. */
  readonly file: string;
  /** The namespace of objects that name none. */
  readonly namespace: string;
}

/**
 * The objects of a manifest: YAML documents or JSON; a `List` counts as its items. The text is refused as a whole when one
 * document cannot be read, so that half a file never replaces a whole one.
 */
export function parseManifest(
  text: string,
  { file, namespace }: ManifestOptions,
): Result<readonly KubeObject[]> {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, logLevel: 'error' });
  const objects: KubeObject[] = [];
  const issues: Issue[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    const line = lines.linePos(document.range[0]).line;
    const at = { file, line };
    issues.push(...syntaxIssues(document, file));
    const value: unknown =
      document.errors.length > 0 || isAlias(document.contents) ? undefined : document.toJS();
    if (value === null || value === undefined) continue;
    for (const item of isRecord(value) && Array.isArray(value['items']) ? value['items'] : [value]) {
      if (isKubeObject(item)) objects.push(inNamespace(item, namespace));
      else issues.push(shapeIssue(at));
    }
  }
  return issues.length > 0 ? err(issues) : ok(objects);
}

function syntaxIssues(document: Document.Parsed | Document, file: string): readonly Issue[] {
  return document.errors.map((error) => ({
    code: IssueCode.Syntax,
    severity: 'error',
    message: error.message.split('\n')[0] ?? error.message,
    position: { file, ...(error.linePos && { line: error.linePos[0].line, column: error.linePos[0].col }) },
  }));
}

function shapeIssue(position: { readonly file: string; readonly line: number }): Issue {
  return {
    code: IssueCode.Shape,
    severity: 'error',
    message: 'this document is no object: apiVersion, kind and metadata.name are needed',
    position,
  };
}
