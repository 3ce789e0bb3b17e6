import { memo, type Issue } from '@istio-ts/foundation';
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
  /** The last good text, and the last one that was looked at. */
  text: string;
  seen: string;
}

interface Merged {
  readonly file: string;
  readonly configMap: string;
  readonly config: MeshConfig;
}

/**
 * The mesh's settings out of their layers: defaults, the file, the ConfigMap `istio` of the root namespace. A layer that
 * is wrong is an issue, and its last good text stays.
 */
export class MeshConfiguration {
  private readonly file: Layer;
  private readonly configMap: Layer;
  private readonly problems = new Map<string, readonly Issue[]>();
  private merged: Merged | undefined;

  constructor(
    private readonly place: MeshPlace,
    filePath: string,
  ) {
    this.file = { name: filePath, text: '', seen: '' };
    this.configMap = { name: `ConfigMap ${place.rootNamespace}/istio`, text: '', seen: '' };
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

  /** All layers together; the identical object as long as they say the same. */
  get meshConfig(): MeshConfig {
    return this.config(this.configMap.text);
  }

  settings(): MeshSettings {
    return settingsOf(this.meshConfig, this.place.clusterId);
  }

  /** The Istio release whose checks hold for the objects among which `find` looks. */
  compatibilityVersion(find: (key: string) => Resource | undefined): string {
    return this.config(textOf(find(this.configMapKey))).compatibilityVersion ?? '';
  }

  private get configMapKey(): string {
    return `ConfigMap/${this.place.rootNamespace}/istio`;
  }

  private config(configMap: string): MeshConfig {
    const { merged, file } = this;
    if (merged !== undefined && merged.file === file.text && merged.configMap === configMap)
      return merged.config;
    const config = merge(merge(this.base(), file), { ...this.configMap, text: configMap });
    this.merged = { file: file.text, configMap, config };
    return config;
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
    if (layer.seen === text) return;
    layer.seen = text;
    const merged = mergeMeshConfig(this.base(), text, layer.name);
    this.problems.set(layer.name, merged.ok ? merged.issues : merged.error);
    if (merged.ok) layer.text = text;
  }
}

const clusterDomain = 'cluster.local';

const settingsOf = memo((config: MeshConfig, clusterId: string): MeshSettings =>
  createMeshSettings(config, { clusterId, clusterDomain }),
);

function textOf(configMap: Resource | undefined): string {
  return configMap !== undefined && isKind(configMap, 'ConfigMap')
    ? (configMap.spec.data?.['mesh'] ?? '')
    : '';
}

function merge(base: MeshConfig, { text, name }: Layer): MeshConfig {
  const merged = mergeMeshConfig(base, text, name);
  return merged.ok ? merged.value : base;
}
