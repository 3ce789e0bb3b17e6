import type { TSchema } from '@sinclair/typebox';
import { oneofKeyword } from '../schema/builders.js';
import type { Descriptions } from '../schema/description-index.js';

/** A schema as a CRD may hold it. */
export type StructuralSchema = Readonly<Record<string, unknown>>;

/** Keywords that our builders write for our reader, and a CRD must not hold. */
const ours = new Set<string>(['properties', 'items', 'additionalProperties', oneofKeyword]);

/** The structural schema of a kind's schema: unknown fields are pruned by the API server, a `oneof` is spelled out. */
export function toStructuralSchema(schema: TSchema, descriptions: Descriptions): StructuralSchema {
  return { ...about(descriptions.ofMessage(schema)), ...withoutDescription(schema, descriptions) };
}

function withoutDescription(schema: TSchema, descriptions: Descriptions): StructuralSchema {
  const node = schema as SchemaNode;
  const plain = Object.entries(schema).filter(([keyword]) => !ours.has(keyword));
  return {
    ...withoutOwnFormat(Object.fromEntries(plain)),
    ...(node.properties && { properties: toProperties(node.properties, schema, descriptions) }),
    ...(node.items && { items: toStructuralSchema(node.items, descriptions) }),
    ...toAdditional(node, descriptions),
    ...toOneofs(node[oneofKeyword] ?? []),
  };
}

interface SchemaNode extends TSchema {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly additionalProperties?: boolean | TSchema;
  readonly [oneofKeyword]?: readonly (readonly string[])[];
}

function toProperties(
  properties: Readonly<Record<string, TSchema>>,
  parent: TSchema,
  descriptions: Descriptions,
): StructuralSchema {
  const entries = Object.entries(properties).map(([name, field]) => {
    const text = descriptions.ofField(parent, name) ?? descriptions.ofMessage(field);
    return [name, { ...about(text), ...withoutDescription(field, descriptions) }] as const;
  });
  return Object.fromEntries(entries);
}

function about(description: string | undefined): StructuralSchema {
  return description === undefined ? {} : { description };
}

function toAdditional(
  { additionalProperties: additional, properties }: SchemaNode,
  descriptions: Descriptions,
): StructuralSchema {
  if (typeof additional === 'object') {
    return { additionalProperties: toStructuralSchema(additional, descriptions) };
  }
  return additional === true && properties ? { 'x-kubernetes-preserve-unknown-fields': true } : {};
}

function withoutOwnFormat({ format, ...rest }: StructuralSchema): StructuralSchema {
  return format === undefined || format === 'istio-duration' ? rest : { ...rest, format };
}

/** At most one field of each group: none of them, or exactly the first, or exactly the second, … */
function toOneofs(groups: readonly (readonly string[])[]): StructuralSchema {
  const [first, ...others] = groups.map((group) => {
    const alternatives = group.map((field) => ({ required: [field] }));
    return { oneOf: [{ not: { anyOf: alternatives } }, ...alternatives] };
  });
  if (first === undefined) return {};
  return others.length === 0 ? first : { allOf: [first, ...others] };
}
