import { findKind, findKindByWord, kindEntry, parseManifests, type KindEntry } from '@istio-ts/config-model';
import type { Issue } from '@istio-ts/foundation';
import { parse } from 'yaml';
import { idOf, type KubeObject, type ObjectKey } from './kube-object.js';
import { parseManifest } from './manifest-text.js';
import { textAt } from './json-record.js';

/**
 * What this tool knows of kinds: which there are, and whether an object may be stored.
 */

export interface Admission {
  readonly accepted: readonly KubeObject[];
  readonly issues: readonly Issue[];
}

export interface AdmissionOptions {
  readonly file: string;
  readonly namespace: string;
  readonly compatibilityVersion: string | undefined;
}

/** Checks a manifest before it is stored. Each document stands alone: a bad one is refused, and the others are not. */
export function admit(text: string, { file, namespace, compatibilityVersion }: AdmissionOptions): Admission {
  const { resources, issues } = parseManifests(text, {
    file,
    source: 'applied',
    cluster: 'Kubernetes',
    defaultNamespace: namespace,
    compatibilityVersion,
  });
  const good = new Set(
    resources.map(({ kind, metadata }) => `${kindEntry(kind).kind}/${metadata.namespace}/${metadata.name}`),
  );
  const raw = parseManifest(text, { file, namespace });
  const accepted = (raw.ok ? raw.value : []).filter((object) => good.has(idOf(object)));
  return { accepted, issues };
}

/** The kinds that a person means by `gateway,virtualservice` or `vs`; what is no kind comes back as `unknown`. */
export function kindsByWords(words: string): {
  readonly kinds: readonly KindEntry[];
  readonly unknown: readonly string[];
} {
  const found = words
    .split(',')
    .flatMap(expandAll)
    .map((word) => ({ word, kind: findKindByWord(word) }));
  return {
    kinds: found.flatMap(({ kind }) => (kind === undefined ? [] : [kind])),
    unknown: found.flatMap(({ word, kind }) => (kind === undefined ? [word] : [])),
  };
}

/** `all`: what runs, and how it is reached. */
function expandAll(word: string): readonly string[] {
  return word === 'all' ? ['pods', 'services', 'deployments'] : [word];
}

/** `virtualservice.networking.istio.io/catalog`: how command-line tools name an object. */
export function displayName(object: KubeObject): string {
  const group = findKind(object.apiVersion, object.kind)?.group ?? '';
  return `${object.kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${object.metadata.name}`;
}

/** Whether an object is of a kind in the table; two kinds may share the word "Gateway". */
export function isOfKind(object: KubeObject, kind: KindEntry): boolean {
  return findKind(object.apiVersion, object.kind)?.name === kind.name;
}

/** `meshConfig.compatibilityVersion` of the ConfigMap `istio`, if it is there. */
export function compatibilityVersion(meshConfigMap: KubeObject | undefined): string | undefined {
  const mesh = textAt(meshConfigMap, 'data', 'mesh');
  return mesh === undefined ? undefined : textAt(parse(mesh), 'compatibilityVersion');
}

export const meshConfigKey: ObjectKey = { kind: 'ConfigMap', namespace: 'istio-system', name: 'istio' };
