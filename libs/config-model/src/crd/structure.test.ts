import { sharedDir } from '@istio-ts/testkit';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKind } from '../kinds.js';
import { Place, type Finding } from '../place.js';
import { specSchema } from '../schemas.js';
import { read } from '../schema/reader.js';
import { anyValueOf, type SchemaNode } from './any-value.test-support.js';
import { readReference } from './read-reference.test-support.js';

/** As an API server takes a schema: fields that it does not name are refused, and keywords of its own are passed over. */
function closed(node: SchemaNode): SchemaNode {
  const { properties, items, additionalProperties, ...rest } = node;
  const open = rest['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, closed(field)]),
      ),
      ...(!open && { additionalProperties: false }),
    }),
    ...(items && { items: closed(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: closed(additionalProperties) }),
  };
}

const ajv = new Ajv({ strict: false, validateFormats: true });
ajv.addFormat('int32', {
  type: 'number',
  validate: (value) => Number.isInteger(value) && Math.abs(value + 0.5) < 2 ** 31,
});
ajv.addFormat('double', true);
ajv.addFormat('byte', /^[A-Za-z0-9+/]*={0,2}$/u);

/** Lists whose entries are told apart by a field: no two may agree in it. */
function hasTwins(node: SchemaNode, value: unknown): boolean {
  if (Array.isArray(value)) {
    const keys = node['x-kubernetes-list-map-keys'] ?? [];
    const written = value.map((each) => JSON.stringify(keys.map((key) => (each as never)[key])));
    const twins = keys.length > 0 && new Set(written).size < written.length;
    return twins || value.some((each) => hasTwins(node.items ?? {}, each));
  }
  if (typeof value !== 'object' || value === null) return false;
  const values = typeof node.additionalProperties === 'object' ? node.additionalProperties : {};
  return Object.entries(value).some(([key, each]) => hasTwins(node.properties?.[key] ?? values, each));
}

describe.runIf(sharedDir)('our reader', () => {
  it.each(
    readReference().map(({ spec }) => {
      const [version] = spec.versions;
      const kind = spec.names['kind'] as string;
      const schema = version?.schema.openAPIV3Schema as SchemaNode | undefined;
      return {
        kind,
        apiVersion: `${spec.group}/${version?.name ?? ''}`,
        schema: schema?.properties?.['spec'],
      };
    }),
  )('takes and refuses what the reference’s schema of $kind does', ({ kind, apiVersion, schema = {} }) => {
    const entry = findKind(apiVersion, kind);
    if (entry === undefined) throw new Error(`there is no ${kind}`);
    const accepts = ajv.compile(closed(schema));
    fc.assert(
      fc.property(anyValueOf(schema), (value) => {
        const findings: Finding[] = [];
        read(specSchema(entry.name), value, Place.root(findings));
        const refused = !accepts(value) || hasTwins(schema, value);
        // Durations are the rules' matter there, and held against them in another test.
        const why = findings.filter(({ message }) => !message.includes('is not a duration'));
        expect({ value, refused: why.length > 0, why }).toMatchObject({ refused });
      }),
      { numRuns: 150 },
    );
  });
});
