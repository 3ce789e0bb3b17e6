import { parseManifests, type Resource } from '@istio-ts/config-model';
import { renderResourceRef } from '@istio-ts/foundation';
import { analyzeSnapshot } from '../analyze-snapshot.js';
import type { AnalyzedObject } from '../analyzed-object.js';
import type { Analyzer } from '../analyzer.js';
import type { AnalysisIssue } from '../finding.js';

/** Objects of a text; a mistake in the text that refuses an object fails the test. */
export function objectsOf(text: string, cluster = 'Kubernetes'): readonly Resource[] {
  const { resources, issues } = parseManifests(text, { file: 'test.yaml', source: 'test', cluster });
  const refused = issues.filter(({ severity, code }) => severity === 'error' && code !== 'KIND_NOT_ENFORCED');
  if (refused.length > 0)
    throw new Error(refused.map(({ path, message }) => `${path ?? ''} ${message}`).join('; '));
  return resources;
}

/** What one analyzer says of some objects: `IST0101 VirtualService/default/web spec.gateways[0]`, one line an issue. */
export function analyzeText(
  analyzer: Analyzer,
  text: string,
  more: readonly AnalyzedObject[] = [],
): readonly string[] {
  return findIssues(analyzer, text, more).map(renderShort);
}

/** The same with what the messages say. */
export function findIssues(
  analyzer: Analyzer,
  text: string,
  more: readonly AnalyzedObject[] = [],
): readonly AnalysisIssue[] {
  const objects = [...(text.trim() === '' ? [] : objectsOf(text)), ...more];
  return analyzeSnapshot(objects, { analyzers: [analyzer] }).issues;
}

export function renderShort({ code, resource, path }: AnalysisIssue): string {
  const object = resource === undefined ? undefined : renderResourceRef(resource);
  return [code, object, path].filter((part) => part !== undefined).join(' ');
}
