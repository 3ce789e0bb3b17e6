import type { Issue } from '@istio-ts/foundation';
import { applyMeshConfig, defaultMeshConfig, mergeMeshConfig, type MeshConfig } from '@istio-ts/config-model';
import type { MeshSettings, MeshSnapshot } from '@istio-ts/mesh-model';
import { meshSettingsOf, type MeshPlace } from './mesh-settings.js';

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

  /** Looks for the ConfigMap in the objects. */
  takeObjects({ resources }: MeshSnapshot): void {
    const { rootNamespace } = this.place;
    const found = resources.ConfigMap.get(`ConfigMap/${rootNamespace}/istio`);
    this.accept(this.configMap, found?.spec.data?.['mesh'] ?? '');
  }

  settings(): MeshSettings {
    return meshSettingsOf(merge(merge(this.base(), this.file), this.configMap), this.place);
  }

  private base(): MeshConfig {
    const { trustDomain, rootNamespace } = this.place;
    return applyMeshConfig(defaultMeshConfig, { trustDomain, rootNamespace });
  }

  private accept(layer: Layer, text: string): void {
    const merged = mergeMeshConfig(this.base(), text, layer.name);
    this.problems.set(layer.name, merged.ok ? merged.issues : merged.error);
    if (merged.ok) layer.text = text;
  }
}

function merge(base: MeshConfig, { text, name }: Layer): MeshConfig {
  const merged = mergeMeshConfig(base, text, name);
  return merged.ok ? merged.value : base;
}
