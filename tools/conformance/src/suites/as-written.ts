import type { specSchema } from '@istio-ts/config-model';

export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const emptyOf: Readonly<Record<string, unknown>> = {
  string: '',
  array: [],
  number: 0,
  integer: 0,
  object: {},
};

/**
 * An object that would be refused, taken as it is written: what has to be there and is not is empty, as in the message that
 * the original reads, where asking for what is not there gives something empty. Null is what is not there.
 */
export function withEmpty(value: unknown, schema: ReturnType<typeof specSchema>): unknown {
  return fill(value, schema as Schema);
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly type?: string;
}

function fill(value: unknown, { properties = {}, required = [], items }: Schema = {}): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => fill(each ?? empty(items), items));
  if (!isObject(value)) return value;
  const missing = required
    .filter((name) => isNothing(value[name]) && empty(properties[name]) !== undefined)
    .map((name) => [name, fill(empty(properties[name]), properties[name])] as const);
  const given = Object.entries(value)
    .filter(([, each]) => !isNothing(each))
    .map(([name, each]) => [name, fill(each, properties[name])] as const);
  return Object.fromEntries([...missing, ...given]);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function empty({ type = '' }: Schema = {}): unknown {
  return emptyOf[type];
}
