import type { TSchema } from '@sinclair/typebox';
import fc from 'fast-check';
import { kinds } from '../kinds.js';
import { specSchema } from '../schemas.js';

interface Node extends TSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly additionalProperties?: TSchema | boolean;
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, '', '*', -1, 0.5, true, [], {}, [null], { '': null }, Number.MAX_VALUE),
  fc.anything({ maxDepth: 1 }),
);

const texts = fc.constantFrom(
  ...['', '*', 'a', 'a.b', '*.x', '1.2.3.4', 'fd00::/8', '%', '%%', 'ns/h', '~/x', '5s', '-1s', 'unix:///x'],
  ...[
    'https://a/b',
    '(?<=x)',
    '(',
    '{*}/{**}',
    '{',
    'request.headers[a]',
    '__proto__',
    'constructor',
    '\u0000',
  ],
);

/** Values of a schema's shape, in which a part here and there is anything at all. */
function valueOf(schema: TSchema, depth: number): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: rightValueOf(schema, depth) }, { weight: 1, arbitrary: junk });
}

function rightValueOf(schema: TSchema, depth: number): fc.Arbitrary<unknown> {
  const { type, enum: words, items, properties, additionalProperties: values } = schema as Node;
  if (words) return fc.constantFrom(...words);
  if (type === 'string') return texts;
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') return fc.constantFrom(0, 1, 80, 100, 599, 65_536, -1);
  if (depth === 0) return junk;
  if (type === 'array') return fc.array(items ? valueOf(items, depth - 1) : junk, { maxLength: 2 });
  if (typeof values === 'object') return fc.dictionary(texts, valueOf(values, depth - 1), { maxKeys: 2 });
  const fields = Object.entries(properties ?? {}).map(
    ([name, field]) => [name, fieldOf(field, depth)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

/** Made when it is drawn: whole trees of all kinds would be large. */
function fieldOf(schema: TSchema, depth: number): fc.Arbitrary<unknown> {
  return fc.constant(schema).chain((drawn) => valueOf(drawn, depth - 1));
}

/** Objects of every kind that are nearly right. */
export const nearlyRight: fc.Arbitrary<object> = fc
  .constantFrom(...kinds)
  .chain(({ name, kind, group, versions }) =>
    fc.record(
      {
        apiVersion: fc.constant(group === '' ? versions[0] : `${group}/${versions[0]}`),
        kind: fc.constant(kind),
        metadata: fc.oneof(
          { weight: 8, arbitrary: fc.constant({ name: 'a' }) },
          { weight: 1, arbitrary: junk },
        ),
        spec: valueOf(specSchema(name), 6),
        status: junk,
      },
      { requiredKeys: ['apiVersion', 'kind'] },
    ),
  );
