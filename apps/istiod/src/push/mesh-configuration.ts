import type { Issue } from '@istio-ts/foundation';
import {
  applyMeshConfig,
  defaultMeshConfig,
  isKind,
  mergeMeshConfig,
  type MeshConfig,
  type Resource,
} from '@istio-ts/config-model';
import { createMeshSettings, type MeshSettings } from '@istio-ts/mesh-model';

/** What the command line says of the mesh; the layers lie over it. */
export interface MeshPlace {
  readonly clusterId: string;
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly compatibilityVersion: string;
}

interface Layer {
  readonly name: string;
  text: string;
}

/**
 * The mesh's settings out of their layers: defaults, the file, the ConfigMap `istio` of the root namespace. A layer that
 * is wrong is an issue, and its last good text stays.
 */
export class MeshConfiguration {
  private readonly file: Layer;
  private readonly configMap: Layer;
  private problems = new Map<string, readonly Issue[]>();

  constructor(
    private readonly place: MeshPlace,
    filePath: string,
  ) {
    this.file = { name: filePath, text: '' };
    this.configMap = { name: `ConfigMap ${place.rootNamespace}/istio`, text: '' };
  }

  get issues(): readonly Issue[] {
    return [...this.problems.values()].flat();
  }

  takeFile(text: string): void {
    this.accept(this.file, text);
  }

  /** Takes the ConfigMap of the mesh, found by its key among the objects. */
  takeObjects(find: (key: string) => Resource | undefined): void {
    this.accept(this.configMap, textOf(find(this.configMapKey)));
  }

  settings(): MeshSettings {
    const { clusterId } = this.place;
    return createMeshSettings(this.config(this.configMap.text), { clusterId, clusterDomain });
  }

  /** The Istio release whose checks hold for the objects among which `find` looks. */
  compatibilityVersion(find: (key: string) => Resource | undefined): string {
    return this.config(textOf(find(this.configMapKey))).compatibilityVersion ?? '';
  }

  private get configMapKey(): string {
    return `ConfigMap/${this.place.rootNamespace}/istio`;
  }

  private config(configMap: string): MeshConfig {
    return merge(merge(this.base(), this.file), { ...this.configMap, text: configMap });
  }

  private base(): MeshConfig {
    const { trustDomain, rootNamespace, compatibilityVersion } = this.place;
    return applyMeshConfig(defaultMeshConfig, {
      trustDomain,
      rootNamespace,
      ...(compatibilityVersion !== '' && { compatibilityVersion }),
    });
  }

  private accept(layer: Layer, text: string): void {
    const merged = mergeMeshConfig(this.base(), text, layer.name);
    this.problems.set(layer.name, merged.ok ? merged.issues : merged.error);
    if (merged.ok) layer.text = text;
  }
}

const clusterDomain = 'cluster.local';

function textOf(configMap: Resource | undefined): string {
  return configMap !== undefined && isKind(configMap, 'ConfigMap')
    ? (configMap.spec.data?.['mesh'] ?? '')
    : '';
}

function merge(base: MeshConfig, { text, name }: Layer): MeshConfig {
  const merged = mergeMeshConfig(base, text, name);
  return merged.ok ? merged.value : base;
}
