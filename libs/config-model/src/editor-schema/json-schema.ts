import type { TSchema } from '@sinclair/typebox';
import { oneofKeyword } from '../schema/builders.js';
import type { Descriptions } from '../schema/description-index.js';

/** A JSON Schema, draft 7, as editors read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

interface SchemaNode extends TSchema {
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly additionalProperties?: boolean | TSchema;
  readonly [oneofKeyword]?: readonly (readonly string[])[];
}

/** Keywords that mean the same in a JSON Schema. */
const shared = [
  'required',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

const durationPattern = '^-?(?:(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:ns|us|µs|ms|s|m|h))+$|^0$';

/** The JSON Schema of a kind's schema; fields that it does not have are marked as mistakes. */
export function toJsonSchema(schema: TSchema, descriptions: Descriptions): JsonSchema {
  const node = schema as SchemaNode;
  const description = descriptions.ofMessage(schema);
  return {
    ...(description !== undefined && { description }),
    ...typeOf(node),
    ...Object.fromEntries(shared.flatMap((key) => (key in node ? [[key, node[key] as unknown]] : []))),
    ...(node.format === 'istio-duration' && { pattern: durationPattern, examples: ['5s', '0.5s', '1h30m'] }),
    ...(node.properties && { properties: toProperties(schema, node.properties, descriptions) }),
    ...(node.items && { items: toJsonSchema(node.items, descriptions) }),
    ...toAdditional(node, descriptions),
    ...toOneofs(node[oneofKeyword] ?? []),
  };
}

function typeOf({ type, nullable }: SchemaNode): JsonSchema {
  if (type === undefined) return { type: ['integer', 'string'] };
  return { type: nullable === true ? [type, 'null'] : type };
}

function toProperties(
  parent: TSchema,
  properties: Readonly<Record<string, TSchema>>,
  descriptions: Descriptions,
): JsonSchema {
  const entries = Object.entries(properties).map(([name, field]) => {
    const description = descriptions.ofField(parent, name);
    const schema = toJsonSchema(field, descriptions);
    return [name, description === undefined ? schema : { ...schema, description }] as const;
  });
  return Object.fromEntries(entries);
}

function toAdditional(
  { additionalProperties: additional }: SchemaNode,
  descriptions: Descriptions,
): JsonSchema {
  if (additional === undefined || additional === true) return {};
  return {
    additionalProperties: additional === false ? false : toJsonSchema(additional, descriptions),
  };
}

/** That two fields of a group are not set together. */
function toOneofs(groups: readonly (readonly string[])[]): JsonSchema {
  const pairs = groups.flatMap((group) =>
    group.flatMap((first, index) => group.slice(index + 1).map((second) => [first, second] as const)),
  );
  if (pairs.length === 0) return {};
  return { allOf: pairs.map((pair) => ({ not: { required: pair } })) };
}
