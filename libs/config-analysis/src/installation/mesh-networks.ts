import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';

/** Registries that every control plane has. */
const builtIn: readonly string[] = ['Kubernetes', 'External', 'Mock'];

const remoteSecrets = defineIndex('Secrets of remote clusters', ['Secret'], ({ metadata }) =>
  metadata.labels['istio/multiCluster'] === 'true' ? [''] : [],
);

export const meshNetworksAnalyzer = defineAnalyzer({
  name: 'meshnetworks.MeshNetworksAnalyzer',
  summary: 'networks name clusters that are known',
  each: ['MeshNetworks'],
  reads: ['Secret'],
  analyze: (meshNetworks, world) => {
    const known = new Set([...builtIn, meshNetworks.origin.cluster, ...remoteClusters(world)]);
    return Object.entries(meshNetworks.spec.networks ?? {}).flatMap(([network, { endpoints = [] }]) =>
      endpoints.flatMap(({ fromRegistry: serviceregistry }, index) => {
        if (serviceregistry === undefined || known.has(serviceregistry)) return [];
        const path = ['networks', network, 'endpoints', index, 'fromRegistry'];
        const args = { serviceregistry, network };
        return [finding('UnknownMeshNetworksServiceRegistry', meshNetworks, args, path)];
      }),
    );
  },
});

/** A remote secret has a key for each cluster. */
function remoteClusters(world: World): readonly string[] {
  return world
    .find(remoteSecrets, '')
    .flatMap(({ spec }) => [...Object.keys(spec.data ?? {}), ...Object.keys(spec.stringData ?? {})]);
}
