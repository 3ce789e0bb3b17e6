import { kinds, requiresSpec, type KindEntry, type KindName } from '../kinds.js';
import { descriptions } from '../descriptions.js';
import { knownAnnotations } from '../metadata-names/known-annotations.js';
import { knownLabels } from '../metadata-names/known-labels.js';
import type { KnownName } from '../metadata-names/known-name.js';
import { specSchema } from '../schemas.js';
import { toJsonSchema, type JsonSchema } from './json-schema.js';

const draft = 'http://json-schema.org/draft-07/schema#';

type Entry = KindEntry & { readonly name: KindName };

/** Kinds with a schema of their own; Kubernetes' kinds have theirs in the editor already. */
const written: readonly Entry[] = kinds.filter(({ fields }) => fields === 'strict');

/** The JSON Schema of an object of each of Istio's kinds, by the kind's name. */
export function editorSchemas(): ReadonlyMap<KindName, JsonSchema> {
  return new Map(written.map((entry) => [entry.name, { $schema: draft, ...objectSchema(entry) }]));
}

/**
 * One JSON Schema for manifests of all kinds: what `apiVersion` and `kind` say decides which schema holds. Objects of
 * other kinds are let be.
 */
export function manifestSchema(): JsonSchema {
  return {
    $schema: draft,
    title: 'Istio manifest',
    type: 'object',
    properties: {
      apiVersion: { type: 'string', examples: [...new Set(written.flatMap(apiVersionsOf))] },
      kind: { type: 'string', examples: written.map(({ kind }) => kind) },
    },
    allOf: written.map((entry) => ({
      if: {
        properties: { apiVersion: { enum: apiVersionsOf(entry) }, kind: { const: entry.kind } },
        required: ['apiVersion', 'kind'],
      },
      then: { $ref: `#/definitions/${entry.name}` },
    })),
    definitions: Object.fromEntries(written.map((entry) => [entry.name, objectSchema(entry)])),
  };
}

function apiVersionsOf({ group, versions }: Entry): readonly string[] {
  return versions.map((version) => `${group}/${version}`);
}

function objectSchema(entry: Entry): JsonSchema {
  const spec = toJsonSchema(specSchema(entry.name), descriptions);
  return {
    title: entry.kind,
    description: spec['description'],
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata', ...(requiresSpec.includes(entry.name) ? ['spec'] : [])],
    properties: {
      apiVersion: { enum: apiVersionsOf(entry), description: 'Group and version of the kind.' },
      kind: { const: entry.kind, description: 'The kind of the object.' },
      metadata: metadataSchema(entry.name),
      spec,
      status: { type: 'object', description: 'Written by the control plane.' },
    },
    additionalProperties: false,
  };
}

function metadataSchema(kind: KindName): JsonSchema {
  return {
    type: 'object',
    description: 'Name and labels of the object.',
    required: ['name'],
    properties: {
      name: { type: 'string', description: 'Name, unique for the kind within the namespace.' },
      namespace: { type: 'string', description: 'Namespace that the object is in.' },
      labels: namesSchema(knownLabels, kind, 'Labels.'),
      annotations: namesSchema(knownAnnotations, kind, 'Annotations.'),
    },
  };
}

/** Offers the names that mean something on the kind, and takes all others too. */
function namesSchema(names: readonly KnownName[], kind: KindName, description: string): JsonSchema {
  const offered = names.filter(
    ({ scope, hidden }) => !hidden && (scope.includes('Any') || scope.includes(kind)),
  );
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(
      offered.map(({ key, description: text }) => [key, { type: 'string', description: text }]),
    ),
    additionalProperties: { type: 'string' },
  };
}
