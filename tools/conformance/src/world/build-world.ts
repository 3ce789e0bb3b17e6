import {
  defaultMeshConfig,
  mergeMeshConfig,
  parseManifests,
  resourceKey,
  type Resource,
} from '@istio-ts/config-model';
import { MeshError, MeshErrorCode, renderIssue, type Issue } from '@istio-ts/foundation';
import { createMeshSettings, nextSnapshot, type MeshSettings, type MeshSnapshot } from '@istio-ts/mesh-model';

/** The objects of a world: what the text held, and what was said about it. */
export interface ParsedWorld {
  readonly resources: readonly Resource[];
  readonly issues: readonly Issue[];
}

/**
 * Reads manifests as istiod would; an object without a namespace is in `default`.
 *
 * @param compatibilityVersion as in the mesh's configuration: an older one refuses more
 */
export function parseWorld(texts: readonly string[], compatibilityVersion?: string): ParsedWorld {
  const parsed = texts.map((text, index) =>
    parseManifests(text, {
      file: `input-${index + 1}.yaml`,
      source: 'conformance',
      cluster: 'Kubernetes',
      compatibilityVersion,
    }),
  );
  return {
    resources: parsed.flatMap(({ resources }) => resources),
    issues: parsed.flatMap(({ issues }) => issues),
  };
}

/** Mesh settings from the fields of a MeshConfig (YAML) laid over the defaults. */
export function worldSettings(meshConfig: string): MeshSettings {
  const merged = mergeMeshConfig(defaultMeshConfig, meshConfig, 'mesh-config');
  if (!merged.ok) throw new MeshError(MeshErrorCode.Usage, merged.error.map(renderIssue).join('\n'));
  return createMeshSettings(merged.value, { clusterId: 'Kubernetes', clusterDomain: 'cluster.local' });
}

export function buildSnapshot(resources: readonly Resource[], settings: MeshSettings): MeshSnapshot {
  const changes = resources.map((resource) => ({ key: resourceKey(resource), after: resource }));
  return nextSnapshot(undefined, { changes, reasons: ['world'] }, settings);
}
