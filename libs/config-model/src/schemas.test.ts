import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kinds } from './kinds.js';
import { specSchema } from './schemas.js';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
}

interface Crd {
  readonly spec: {
    readonly names: {
      readonly kind: string;
      readonly plural: string;
      readonly shortNames?: readonly string[];
    };
    readonly group: string;
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: { readonly properties: { readonly spec: Schema } } };
    }[];
  };
}

/** One line a field: `http[].match[].uri.exact string`. */
function fieldsOf(schema: Schema, path = ''): readonly string[] {
  const words = schema.enum ? ` ${[...schema.enum].sort().join('|')}` : '';
  const required = schema.required ? ` requires ${[...schema.required].sort().join(',')}` : '';
  const own = `${path} ${schema.type ?? '?'}${words}${required}`;
  const children = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    fieldsOf(field, `${path}.${name}`),
  );
  const items = schema.items ? fieldsOf(schema.items, `${path}[]`) : [];
  const values =
    typeof schema.additionalProperties === 'object' ? fieldsOf(schema.additionalProperties, `${path}{}`) : [];
  return [own, ...children, ...items, ...values];
}

function readCrds(): readonly Crd[] {
  const path = join(sharedDir ?? '', 'conformance/crd-validation/reference/crd-all.gen.yaml');
  const documents = parseAllDocuments(readFileSync(path, 'utf8'));
  return [...documents].map((document) => document.toJS() as Crd | null).filter((crd) => crd !== null);
}

describe.runIf(sharedDir)('the schemas of Istio’s kinds', () => {
  const crds = sharedDir === undefined ? [] : readCrds();
  const enforced = kinds.filter(({ status, fields }) => status === 'enforced' && fields === 'strict');

  it.each(enforced.map(({ name }) => name))(
    'of %s have the fields, types and words of the reference',
    (kind) => {
      const entry = enforced.find(({ name }) => name === kind);
      const crd = crds.find(({ spec }) => spec.names.kind === kind && spec.group === entry?.group);
      const reference = crd?.spec.versions[0]?.schema.openAPIV3Schema.properties.spec;
      expect([...fieldsOf(specSchema(kind) as Schema)].sort()).toEqual([...fieldsOf(reference ?? {})].sort());
    },
  );

  it('stand in the table with the plural, short names and versions of the reference', () => {
    for (const { spec } of crds) {
      const entry = kinds.find(({ kind, group }) => kind === spec.names.kind && group === spec.group);
      const versions = spec.versions.map(({ name }) => name);
      expect(entry, spec.names.kind).toMatchObject({
        plural: spec.names.plural,
        shortNames: spec.names.shortNames ?? [],
      });
      expect(versions.filter((version) => !(entry?.versions as readonly string[]).includes(version))).toEqual(
        [],
      );
    }
  });
});
