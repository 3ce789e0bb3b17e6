import { join } from 'node:path';
import { appliesTo, findKnownName, knownAnnotations, knownLabels } from '@istio-ts/config-model';
import { readCases } from '../read-cases.js';
import { compare, type Case, type Suite } from '../suite.js';

interface NameCase {
  readonly name: string;
  readonly kind: 'annotation' | 'label';
  readonly key: string;
  readonly scope: readonly string[];
  readonly value: string;
  readonly stage: string | null;
  readonly deprecated: boolean;
  readonly hidden: boolean;
}

/** Annotations and labels that are part of Istio's interface: our tables have the same, and nothing else. */
export const annotationsLabels: Suite = {
  name: 'annotations-labels',
  load: (dir) => {
    const given = readCases(join(dir, 'names.json')) as readonly NameCase[];
    return given.map(toCase);
  },
};

function toCase(given: NameCase): Case {
  const { kind, key, scope, value, deprecated, hidden } = given;
  return {
    name: given.name,
    run: () => {
      const found = findKnownName(kind, key);
      const want = { scope: [...scope].sort(), value, stage: given.stage ?? 'none', deprecated, hidden };
      return compare(
        { ...want, applies: true, once: true },
        found && {
          scope: [...found.scope].sort(),
          value: found.value,
          stage: found.stage,
          deprecated: found.deprecated,
          hidden: found.hidden,
          applies: scope.every((each) => appliesTo(found, each)),
          once: tables[kind].filter((each) => each.key === key).length === 1,
        },
      );
    },
  };
}

const tables = { annotation: knownAnnotations, label: knownLabels } as const;
