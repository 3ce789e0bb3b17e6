import fc from 'fast-check';

/** The keywords of a CRD's schema. */
export interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

/** Values of a schema that are right most of the time, and wrong in every way in which one can be. */
export function anyValueOf(node: SchemaNode, depth = 5): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: goodValueOf(node, depth) }, { weight: 1, arbitrary: wrong });
}

const wrong = fc.constantFrom<unknown>('text', 7, -1, 1.5, true, [], {}, ['x'], { x: 1 });

function goodValueOf(node: SchemaNode, depth: number): fc.Arbitrary<unknown> {
  if (node.enum) return fc.constantFrom(...node.enum);
  switch (node.type) {
    case 'string':
      return node.format === undefined ? textOf(node) : fc.constantFrom('YQ==', 'YWI', '!');
    case 'integer':
      return numberOf(node);
    case 'number':
      return fc.oneof(numberOf(node), fc.constantFrom(0.5, 99.9));
    case 'boolean':
      return fc.boolean();
    case 'array':
      return listOf(node, depth);
    default:
      return depth === 0 ? fc.constant({}) : objectOf(node, depth);
  }
}

/** Around the bounds; with characters that UTF-16 counts twice. */
function textOf({ minLength = 0, maxLength }: SchemaNode): fc.Arbitrary<string> {
  const lengths = maxLength === undefined ? [1, 8] : [minLength, 8, maxLength, maxLength + 1];
  const texts = lengths.flatMap((length) => ['a'.repeat(length), '\u{1F600}'.repeat(Math.min(length, 5000))]);
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('a', 'a-b', '80', 'http', 'Service', '0s', '5s', '1h30m') },
    { weight: 1, arbitrary: fc.constantFrom(...texts, '') },
  );
}

function numberOf({ minimum = 0, maximum = 2 ** 31 - 1 }: SchemaNode): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: minimum, max: Math.min(maximum, minimum + 100) }) },
    { weight: 1, arbitrary: fc.constantFrom(minimum - 1, maximum, maximum + 1) },
  );
}

function listOf({ items = {}, maxItems }: SchemaNode, depth: number): fc.Arbitrary<unknown> {
  const short = fc.array(anyValueOf(items, depth - 1), { maxLength: 3 });
  if (maxItems === undefined || maxItems > 20) return short;
  const size = maxItems + 1;
  return fc.oneof(
    { weight: 9, arbitrary: short },
    { weight: 1, arbitrary: fc.array(anyValueOf(items, depth - 1), { minLength: size, maxLength: size }) },
  );
}

function objectOf(
  { properties = {}, additionalProperties, required = [] }: SchemaNode,
  depth: number,
): fc.Arbitrary<unknown> {
  if (typeof additionalProperties === 'object') {
    const key = fc.constantFrom('a', 'b', '80', 'x.y/z');
    return fc.dictionary(key, anyValueOf(additionalProperties, depth - 1), { maxKeys: 3 });
  }
  const names = Object.keys(properties);
  if (names.length === 0) return fc.constant({});
  const few = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 });
  const chosen = fc.oneof(
    { weight: 30, arbitrary: few.map((some) => [...new Set([...some, ...required])]) },
    { weight: 1, arbitrary: few },
    { weight: 1, arbitrary: few.map((some) => [...some, ...required, 'notAField']) },
  );
  return chosen.chain((fields) =>
    fc.record(
      Object.fromEntries(
        fields.map((name) => {
          const field = properties[name];
          return [name, field === undefined ? fc.constant(1) : anyValueOf(field, depth - 1)] as const;
        }),
      ),
    ),
  );
}
