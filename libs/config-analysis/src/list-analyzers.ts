import { kinds } from '@istio-ts/config-model';
import { allAnalyzers } from './analyzers.js';

export interface AnalyzerEntry {
  readonly name: string;
  readonly summary: string;
}

/** What is looked at, as Istio lists it: the check of single objects, which config-model does, is one analyzer a kind. */
export function listAnalyzers(): readonly AnalyzerEntry[] {
  const single = kinds
    .filter(({ group }) => group.endsWith('.istio.io') && group !== 'install.istio.io')
    .map(({ kind }) => {
      return { name: `schema.ValidationAnalyzer.${kind}`, summary: `a ${kind} is right for itself` };
    });
  const byName = new Map([...single, ...allAnalyzers].map(({ name, summary }) => [name, { name, summary }]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
