import { isRecord, type JsonRecord } from './json-record.js';

/** The part of an object's metadata that this tool reads; everything else is carried along unread. */
export interface ObjectMeta extends JsonRecord {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An object as the API server would hold it: apiVersion, kind, metadata, and the rest as written. */
export interface KubeObject extends JsonRecord {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** What names an object in the store. `namespace` is empty for cluster-scoped kinds. */
export interface ObjectKey {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const clusterScoped: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ClusterRole',
  'GatewayClass',
]);

export function isClusterScoped(kind: string): boolean {
  return (
    clusterScoped.has(kind) || kind.endsWith('WebhookConfiguration') || kind === 'CustomResourceDefinition'
  );
}

export function keyOf({ kind, metadata }: KubeObject): ObjectKey {
  return {
    kind,
    namespace: isClusterScoped(kind) ? '' : (metadata.namespace ?? 'default'),
    name: metadata.name,
  };
}

/** `Deployment/istioinaction/webapp`: one text for one object. */
export function renderKey({ kind, namespace, name }: ObjectKey): string {
  return `${kind}/${namespace}/${name}`;
}

export function idOf(object: KubeObject): string {
  return renderKey(keyOf(object));
}

/** The same object with its namespace written out, where the kind has one. */
export function inNamespace(object: KubeObject, fallback: string): KubeObject {
  if (isClusterScoped(object.kind) || object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace: fallback } };
}

/** Whether a parsed document has the shape of an object at all. */
export function isKubeObject(value: unknown): value is KubeObject {
  return (
    isRecord(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isRecord(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  );
}
