import { kindEntry, type Resource } from '@istio-ts/config-model';
import { memo, type ResourceRef } from '@istio-ts/foundation';
import type { OriginIr } from '@istio-ts/mesh-ir';

/** The object as configuration made from it names it; one canonical value an object. */
export const originOf = memo(({ kind, metadata: { namespace, name } }: Resource): OriginIr => {
  const { group, versions } = kindEntry(kind);
  const place = `/apis/${group}/${versions[0]}/namespaces/${namespace}`;
  return { kind, namespace, name, path: `${place}/${kebab(kind)}/${name}` };
});

export function refOf({ kind, metadata: { namespace, name } }: Resource): ResourceRef {
  return { kind, namespace, name };
}

function kebab(kind: string): string {
  return kind.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, '-').toLowerCase();
}

interface Dated {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly creationTimestampMs?: number;
  };
}

/** Istio's order of precedence: the oldest first, then by name and namespace. */
export function compareAge({ metadata: a }: Dated, { metadata: b }: Dated): number {
  const age = (a.creationTimestampMs ?? 0) - (b.creationTimestampMs ?? 0);
  return age || compareText(a.name, b.name) || compareText(a.namespace, b.namespace);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
