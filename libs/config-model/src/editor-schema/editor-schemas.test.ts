import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { editorSchemas, manifestSchema } from './editor-schemas.js';

function compile(schema: object): ValidateFunction {
  return new Ajv({ strict: false }).compile(schema);
}

const route = { route: [{ destination: { host: 'reviews', subset: 'v1' } }], timeout: '2s' };
const reviews = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'reviews', annotations: { 'example.com/note': 'ours' } },
  spec: { hosts: ['reviews'], http: [route] },
};

describe('the schema for manifests of all kinds', () => {
  const valid = compile(manifestSchema());

  it('accepts what is right, and kinds that are not Istio’s', () => {
    expect(valid(reviews), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { type: 'X' } })).toBe(
      true,
    );
  });

  it.each([
    ['a field that is not there', { ...route, timout: '2s' }],
    ['a duration without unit', { ...route, timeout: '2' }],
    ['a wrong type', { ...route, retries: { attempts: 'three' } }],
    ['two of a group', { ...route, match: [{ uri: { exact: '/', prefix: '/' } }] }],
  ])('marks %s', (_what, http) => {
    expect(valid({ ...reviews, spec: { hosts: ['reviews'], http: [http] } })).toBe(false);
  });

  it('judges an object by its kind', () => {
    expect(valid({ ...reviews, kind: 'DestinationRule' })).toBe(false);
  });
});

describe('the schemas of single kinds', () => {
  const schemas = editorSchemas();

  it.each([...schemas.keys()])('of %s compiles and describes every field', (kind) => {
    const schema = schemas.get(kind) ?? {};
    expect(() => compile(schema)).not.toThrow();
    expect(undescribed(schema)).toEqual([]);
  });
});

/** Paths of fields without a description. */
function undescribed(schema: Readonly<Record<string, unknown>>, path = ''): readonly string[] {
  const { properties, items, additionalProperties } = schema;
  const fields = Object.entries(
    (properties ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  );
  return [
    ...fields.flatMap(([name, field]) => [
      ...('description' in field ? [] : [`${path}.${name}`]),
      ...undescribed(field, `${path}.${name}`),
    ]),
    ...[items, additionalProperties].flatMap((inner) =>
      typeof inner === 'object' && inner !== null
        ? undescribed(inner as Readonly<Record<string, unknown>>, `${path}[]`)
        : [],
    ),
  ];
}
