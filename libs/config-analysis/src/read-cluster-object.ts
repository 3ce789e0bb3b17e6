import type { ObjectMeta, Origin } from '@istio-ts/config-model';
import { isClusterKind, type AnalyzedObject } from './analyzed-object.js';
import type { CustomResourceDefinitionSpec, Webhook } from './cluster-objects.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an object of a kind that is not the mesh's and that analysis looks at: CustomResourceDefinition and the two webhook
 * configurations. Undefined for every other value. What is not of the form that is read counts as absent: whoever stores
 * such objects has checked them. Never throws.
 */
export function readClusterObject(value: unknown, origin: Origin): AnalyzedObject | undefined {
  const { kind, apiVersion, metadata, spec, webhooks } = fieldsOf(value);
  const name = textOf(fieldsOf(metadata)['name']);
  if (typeof kind !== 'string' || !isClusterKind(kind) || name === undefined) return undefined;
  const common = { apiVersion: textOf(apiVersion) ?? '', metadata: readMetadata(metadata, name), origin };
  switch (kind) {
    case 'CustomResourceDefinition':
      return { ...common, kind, spec: readDefinition(spec) };
    case 'MutatingWebhookConfiguration':
    case 'ValidatingWebhookConfiguration':
      return { ...common, kind, spec: { webhooks: listOf(webhooks).map(readWebhook) } };
    default:
      return undefined;
  }
}

function readMetadata(metadata: unknown, name: string): ObjectMeta {
  const { labels, annotations } = fieldsOf(metadata);
  return {
    name,
    namespace: '',
    labels: textsOf(labels),
    annotations: textsOf(annotations),
    ownerReferences: [],
  };
}

function readDefinition(spec: unknown): CustomResourceDefinitionSpec {
  const { group, names, versions } = fieldsOf(spec);
  const kind = textOf(fieldsOf(names)['kind']);
  return {
    ...optional('group', textOf(group)),
    ...(kind !== undefined && { names: { kind } }),
    versions: listOf(versions).map((each) => {
      const { name, served } = fieldsOf(each);
      return { name: textOf(name) ?? '', served: served === true };
    }),
  };
}

function readWebhook(value: unknown): Webhook {
  const { name, clientConfig, namespaceSelector, objectSelector } = fieldsOf(value);
  const { url, service } = fieldsOf(clientConfig);
  const { namespace, name: called } = fieldsOf(service);
  return {
    name: textOf(name) ?? '',
    clientConfig: {
      ...optional('url', textOf(url)),
      ...(typeof service === 'object' &&
        service !== null && {
          service: { ...optional('namespace', textOf(namespace)), ...optional('name', textOf(called)) },
        }),
    },
    namespaceSelector: readSelector(namespaceSelector),
    objectSelector: readSelector(objectSelector),
  };
}

function readSelector(value: unknown): NonNullable<Webhook['namespaceSelector']> {
  const { matchLabels, matchExpressions } = fieldsOf(value);
  return {
    matchLabels: textsOf(matchLabels),
    matchExpressions: listOf(matchExpressions).flatMap((each) => {
      const { key, operator, values } = fieldsOf(each);
      if (typeof key !== 'string' || typeof operator !== 'string') return [];
      return [{ key, operator, values: listOf(values).flatMap((word) => textOf(word) ?? []) }];
    }),
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsOf(value));
  return Object.fromEntries(
    entries.flatMap(([key, each]) => (typeof each === 'string' ? [[key, each] as const] : [])),
  );
}

function optional<K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } {
  // The one field that the key names.
  return value === undefined ? {} : ({ [name]: value } as { readonly [P in K]?: string });
}
