import type { TSchema } from '@sinclair/typebox';
import type { MessageTexts } from './describe.js';

/** Finds the description of a message, or of one of its fields. */
export interface Descriptions {
  readonly ofMessage: (schema: TSchema) => string | undefined;
  readonly ofField: (schema: TSchema, field: string) => string | undefined;
}

interface Node extends TSchema {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly additionalProperties?: TSchema | boolean;
}

interface Entry {
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Copies of a message with other rules have its fields, and so its descriptions. */
export function indexDescriptions(messages: readonly MessageTexts[]): Descriptions {
  const index = new Map<unknown, Entry>();
  for (const { schema, text, fields } of messages) add(schema, [text, fields], index);
  const find = ({ properties }: Node): Entry | undefined => properties && index.get(properties);
  return {
    ofMessage: (schema) => find(schema)?.text,
    ofField: (schema, field) => find(schema)?.fields[field],
  };
}

type Described = readonly [text: string, fields: Readonly<Record<string, unknown>>];

function add(schema: TSchema, [text, fields]: Described, index: Map<unknown, Entry>): void {
  const { properties } = messageIn(schema);
  if (properties === undefined) return;
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    const field = properties[name];
    if (isDescribed(value)) {
      texts[name] = value[0];
      if (field) add(field, value, index);
    } else texts[name] = String(value);
  }
  index.set(properties, { text, fields: texts });
}

function isDescribed(value: unknown): value is Described {
  return Array.isArray(value);
}

function messageIn(schema: Node): Node {
  if (schema.items) return messageIn(schema.items);
  const values = schema.additionalProperties;
  return typeof values === 'object' && schema.properties === undefined ? messageIn(values) : schema;
}
