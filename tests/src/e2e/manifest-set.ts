import { join } from 'node:path';
import { sharedDir } from '@istio-ts/testkit';
import { repository } from '../support/local-mesh.js';

/** The manifests of the scenarios by the part they play. */
export const roles = {
  catalog: ['catalog.yaml', 'services/catalog/kubernetes/catalog.yaml'],
  catalogV2: ['catalog-v2.yaml', 'services/catalog/kubernetes/catalog-deployment-v2.yaml'],
  webapp: ['webapp.yaml', 'services/webapp/kubernetes/webapp.yaml'],
  sleep: ['sleep.yaml', 'ch9/sleep.yaml'],
  edgeAnyHost: ['edge-any-host.yaml', 'ch2/ingress-gateway.yaml'],
  edgeGateway: ['edge-gateway.yaml', 'ch4/coolstore-gw.yaml'],
  edgeRoute: ['edge-route.yaml', 'ch4/coolstore-vs.yaml'],
  edgeWebapp: ['edge-webapp.yaml', 'services/webapp/istio/webapp-catalog-gw-vs.yaml'],
  edgeCatalogGateway: ['edge-catalog-gateway.yaml', 'ch5/catalog-gateway.yaml'],
  edgeCatalogRoute: ['edge-catalog-route.yaml', 'ch5/catalog-vs.yaml'],
  edgeCatalogV1: ['edge-catalog-v1.yaml', 'ch5/catalog-vs-v1.yaml'],
  edgeCatalogCohort: ['edge-catalog-cohort.yaml', 'ch5/catalog-vs-v2-request.yaml'],
  versions: ['catalog-versions.yaml', 'ch2/catalog-destinationrule.yaml'],
  versionsFqdn: ['catalog-versions.yaml', 'ch5/catalog-dest-rule.yaml'],
  meshAllV1: ['mesh-catalog-v1.yaml', 'ch2/catalog-virtualservice-all-v1.yaml'],
  meshDark: ['mesh-catalog-dark.yaml', 'ch2/catalog-virtualservice-dark-v2.yaml'],
  meshRetries: ['mesh-catalog-retries.yaml', 'ch2/catalog-virtualservice.yaml'],
  meshV1: ['mesh-catalog-v1.yaml', 'ch5/catalog-vs-v1-mesh.yaml'],
  meshCohort: ['mesh-catalog-cohort.yaml', 'ch5/catalog-vs-v2-request-mesh.yaml'],
  mesh9010: ['mesh-catalog-90-10.yaml', 'ch5/catalog-vs-v2-10-90-mesh.yaml'],
  mesh5050: ['mesh-catalog-50-50.yaml', 'ch5/catalog-vs-v2-50-50-mesh.yaml'],
  strictMesh: ['strict-mesh.yaml', 'ch9/meshwide-strict-peer-authn.yaml'],
  permissiveWebapp: ['permissive-webapp.yaml', 'ch9/workload-permissive-peer-authn.yaml'],
} as const satisfies Readonly<Record<string, readonly [own: string, book: string]>>;

export type Role = keyof typeof roles;

/** Where the manifests of a run come from. */
export interface ManifestSet {
  readonly name: string;
  readonly file: (role: Role) => string;
}

const own: ManifestSet = {
  name: 'our manifests',
  file: (role) => join(repository, 'samples/scenarios', roles[role][0]),
};

const book = (folder: string): ManifestSet => ({
  name: "the book's manifests",
  file: (role) => join(folder, 'book', roles[role][1]),
});

/** Every scenario runs on our manifests, and unchanged on the book's where these are at hand. */
export const manifestSets: readonly ManifestSet[] = sharedDir === undefined ? [own] : [own, book(sharedDir)];
