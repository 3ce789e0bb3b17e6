import { sharedDir } from '@istio-ts/testkit';
import type { TSchema } from '@sinclair/typebox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Place, type Finding } from '../place.js';
import { rulesKeyword, type Rule } from '../schema/builders.js';
import { toCustomResourceDefinition } from './custom-resource-definition.js';
import { customResources } from './custom-resources.js';
import { apiServerRules } from './evaluate-rules.js';
import { readReference, undescribed } from './read-reference.test-support.js';
import type { StructuralSchema } from './structural-schema.js';

interface Node {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly [rulesKeyword]?: readonly Rule[];
}

/** Texts at which one rule or another turns. */
const texts = [
  ...['', '*', 'a', 'a*', '*a', '0', '1', '80', '65535', '65536', '-1', 'http', 'a b', 'x'.repeat(63)],
  ...[
    'unix://',
    'unix:///',
    'unix:///run/x',
    'unix:///run/',
    'unix://@x',
    'unix://x',
    '10.0.0.0/8',
    '10.0.0.1',
  ],
  ...['0s', '1ms', '0.5ms', '2s', '1h30m', '-1s', 'soon', 'HTTP', 'HTTPS', 'ftp'],
  ...['http://a', 'https://a/b', 'file:///a', 'oci://a', 'ftp://a', 'docker.io/a:1', 'a:b:c', '://'],
];

function valuesOf(node: Node, depth = 3): fc.Arbitrary<unknown> {
  if (node.enum) return fc.constantFrom(...node.enum);
  switch (node.type) {
    case 'string':
      return fc.constantFrom(...texts);
    case 'integer':
    case 'number':
      return fc.constantFrom(0, 1, 80, 65_535, 65_536);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valuesOf(node.items ?? {}, depth - 1), { maxLength: 3 });
    default:
      return objectsOf(node, depth);
  }
}

function objectsOf({ properties = {}, additionalProperties }: Node, depth: number): fc.Arbitrary<unknown> {
  if (depth === 0) return fc.constant({});
  if (typeof additionalProperties === 'object') {
    return fc.dictionary(fc.constantFrom(...texts), valuesOf(additionalProperties, depth - 1), {
      maxKeys: 3,
    });
  }
  const fields = Object.entries(properties).map(
    ([name, field]) => [name, valuesOf(field, depth - 1)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

/** Every place with rules, each once: many kinds share them. */
function ruledNodes(ours: Node, theirs: Node, found = new Map<string, readonly [Node, Node]>()) {
  if (theirs[rulesKeyword]) found.set(formOf([ours, theirs]), [ours, theirs]);
  for (const [name, field] of Object.entries(theirs.properties ?? {}))
    ruledNodes(ours.properties?.[name] ?? {}, field, found);
  if (theirs.items) ruledNodes(ours.items ?? {}, theirs.items, found);
  const values = theirs.additionalProperties;
  if (typeof values === 'object' && typeof ours.additionalProperties === 'object')
    ruledNodes(ours.additionalProperties, values, found);
  return found;
}

/** Places that say the same, whatever their descriptions. */
function formOf(pair: readonly [Node, Node]): string {
  return JSON.stringify(pair, (key, value: unknown) => (key === 'description' ? undefined : value));
}

function accepts(node: Node, value: unknown): boolean {
  const findings: Finding[] = [];
  apiServerRules.check(node as unknown as TSchema, value, Place.root(findings));
  return findings.length === 0;
}

function specOf(schema: StructuralSchema | undefined): Node {
  return (schema as Node | undefined)?.properties?.['spec'] ?? {};
}

describe.runIf(sharedDir)('the rules of the generated CRDs', () => {
  const reference = readReference();
  const pairs = customResources.flatMap((resource) => {
    const crd = toCustomResourceDefinition(resource, undescribed);
    const theirs = reference.find(({ metadata }) => metadata.name === crd.metadata.name);
    const [mine, other] = [crd, theirs].map((each) => specOf(each?.spec.versions[0]?.schema.openAPIV3Schema));
    return [...ruledNodes(mine ?? {}, other ?? {}).values()];
  });
  const distinct = [...new Map(pairs.map((pair) => [formOf(pair), pair])).values()];

  it('stand in as many places as there are, none forgotten', () => {
    expect(distinct.length).toBeGreaterThan(30);
  });

  it.each(distinct.map(([ours, theirs]) => ({ rule: theirs[rulesKeyword]?.[0]?.rule ?? '', ours, theirs })))(
    'accept and refuse the same values: $rule',
    ({ ours, theirs }) => {
      fc.assert(
        fc.property(valuesOf(theirs), (value) => {
          expect(accepts(ours, value)).toBe(accepts(theirs, value));
        }),
        { numRuns: 100 },
      );
    },
  );
});
