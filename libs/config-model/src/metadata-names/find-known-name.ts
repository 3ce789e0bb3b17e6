import { knownAnnotations } from './known-annotations.js';
import { knownLabels } from './known-labels.js';
import type { KnownName } from './known-name.js';

const byKind = {
  annotation: new Map(knownAnnotations.map((name) => [name.key, name])),
  label: new Map(knownLabels.map((name) => [name.key, name])),
} as const;

/** What Istio means by a key, or undefined where it is nobody's or somebody else's. */
export function findKnownName(kind: 'annotation' | 'label', key: string): KnownName | undefined {
  return byKind[kind].get(key);
}

/** Whether a known name means something on objects of a kind (`Gateway` is the Gateway API's). */
export function appliesTo({ scope }: KnownName, kind: string): boolean {
  return scope.includes('Any') || scope.includes(kind);
}
