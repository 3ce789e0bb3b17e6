import { kindEntry, requiresSpec } from '../kinds.js';
import { specSchema } from '../schemas.js';
import type { CustomResource } from './custom-resources.js';
import { istioStatus } from '../kinds/istio-status.js';
import type { Descriptions } from '../schema/description-index.js';
import { toStructuralSchema, type StructuralSchema } from './structural-schema.js';

export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly group: string;
    readonly names: Readonly<Record<string, unknown>>;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly versions: readonly CrdVersion[];
  };
}

export interface CrdVersion {
  readonly name: string;
  readonly served: true;
  readonly storage: boolean;
  readonly schema: { readonly openAPIV3Schema: StructuralSchema };
  readonly subresources: { readonly status: object };
  readonly additionalPrinterColumns?: readonly object[];
}

/** The CRD of a kind: every version with the same schema, one of them stored. */
export function toCustomResourceDefinition(
  resource: CustomResource,
  descriptions: Descriptions,
): CustomResourceDefinition {
  const { group, kind, plural, shortNames, namespaced, versions } = kindEntry(resource.kind);
  const storage = resource.storage ?? versions[0];
  const openAPIV3Schema = toObjectSchema(resource, descriptions);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, labels: { 'app.kubernetes.io/part-of': 'istio-ts' } },
    spec: {
      group,
      names: {
        categories: ['istio-io', group.replaceAll('.', '-')],
        kind,
        listKind: `${kind}List`,
        plural,
        ...(shortNames.length > 0 && { shortNames }),
        singular: kind.toLowerCase(),
      },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: versions.map((name) => ({
        name,
        served: true,
        storage: name === storage,
        ...(resource.columns && { additionalPrinterColumns: resource.columns }),
        subresources: { status: {} },
        schema: { openAPIV3Schema },
      })),
    },
  };
}

function toObjectSchema({ kind }: CustomResource, descriptions: Descriptions): StructuralSchema {
  return {
    type: 'object',
    ...(requiresSpec.includes(kind) && { required: ['spec'] }),
    properties: {
      spec: toStructuralSchema(specSchema(kind), descriptions),
      status: toStructuralSchema(istioStatus, descriptions),
    },
  };
}
