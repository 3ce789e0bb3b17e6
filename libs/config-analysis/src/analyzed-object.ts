import {
  kinds,
  type KindName,
  type MeshConfig,
  type MeshNetworks,
  type ObjectMeta,
  type Origin,
  type SpecOf,
  type StatusOf,
} from '@istio-ts/config-model';
import type { ResourceRef } from '@istio-ts/foundation';
import type { CustomResourceDefinitionSpec, WebhookConfigurationSpec } from './cluster-objects.js';

/** Kinds that analysis reads beside those of the mesh: what else says how an installation is set up. */
interface ClusterSpecs {
  readonly CustomResourceDefinition: CustomResourceDefinitionSpec;
  readonly MutatingWebhookConfiguration: WebhookConfigurationSpec;
  readonly ValidatingWebhookConfiguration: WebhookConfigurationSpec;
  readonly MeshConfig: MeshConfig;
  readonly MeshNetworks: MeshNetworks;
}

export type ClusterKind = keyof ClusterSpecs;
export type AnalyzedKind = KindName | ClusterKind;

type AnalyzedSpec<K extends AnalyzedKind> = K extends ClusterKind
  ? ClusterSpecs[K]
  : K extends KindName
    ? SpecOf<K>
    : never;

/** An object as analysis sees it. A `Resource` of config-model is one. */
export interface AnalyzedObject<K extends AnalyzedKind = AnalyzedKind> {
  readonly kind: K;
  readonly apiVersion: string;
  readonly metadata: ObjectMeta;
  readonly spec: AnalyzedSpec<K>;
  readonly status?: K extends KindName ? StatusOf<K> : undefined;
  readonly origin: Origin;
}

/** The union over kinds: `kind` tells the type of `spec`. */
export type ObjectOf<K extends AnalyzedKind> = { readonly [P in K]: AnalyzedObject<P> }[K];
export type AnyObject = ObjectOf<AnalyzedKind>;

/** One object's life: before without after is a deletion. Both are of one kind, namespace, name and cluster. */
export interface ObjectChange {
  readonly before?: AnalyzedObject | undefined;
  readonly after?: AnalyzedObject | undefined;
}

/** What tells objects apart: the same name may exist in several clusters. */
export function objectKey({ kind, metadata, origin }: AnalyzedObject): string {
  return `${kind}/${metadata.namespace}/${metadata.name}@${origin.cluster}`;
}

export function referenceTo({ kind, metadata: { name, namespace } }: AnalyzedObject): ResourceRef {
  return { kind, name, ...(namespace !== '' && { namespace }) };
}

/** `namespace/name`, or the name alone for cluster-scoped objects. */
export function fullName({ metadata: { name, namespace } }: AnalyzedObject): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

const clusterKinds: ReadonlySet<string> = new Set<ClusterKind>([
  'CustomResourceDefinition',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'MeshConfig',
  'MeshNetworks',
]);

export function isClusterKind(kind: string): kind is ClusterKind {
  return clusterKinds.has(kind);
}

const spelled = new Map<string, string>(kinds.map(({ name, kind }) => [name, kind]));

/** A kind as manifests spell it: the Gateway API's Gateway is a `Gateway` too. */
export function displayKind(kind: string): string {
  return spelled.get(kind) ?? kind;
}
