import { applyProxySettings } from '../proxy-config/merge.js';
import type { MeshConfig } from './defaults.js';
import type { ExtensionProvider } from './extension-provider.js';
import type { MeshConfigOverlay } from './spec.js';

/**
 * Lays settings over others. A field replaces the whole field, except: `defaultConfig` and `defaultProviders` go field by
 * field, `extensionProviders` by name, and `trustDomainAliases` become the sorted union.
 */
export function applyMeshConfig(base: MeshConfig, overlay: MeshConfigOverlay): MeshConfig {
  const { defaultConfig, defaultProviders, extensionProviders, trustDomainAliases, ...rest } = overlay;
  const aliases = [...(base.trustDomainAliases ?? []), ...(trustDomainAliases ?? [])];
  return {
    ...base,
    ...rest,
    defaultConfig: applyProxySettings(base.defaultConfig, defaultConfig ?? {}),
    defaultProviders: { ...base.defaultProviders, ...defaultProviders },
    extensionProviders: mergeProviders(base.extensionProviders, extensionProviders ?? []),
    ...(aliases.length > 0 && { trustDomainAliases: [...new Set(aliases)].sort() }),
  };
}

function mergeProviders(
  base: readonly ExtensionProvider[],
  overlay: readonly ExtensionProvider[],
): readonly ExtensionProvider[] {
  const byName = new Map(overlay.map((provider) => [provider.name, provider]));
  const kept = base.map((provider) => byName.get(provider.name) ?? provider);
  const names = new Set(base.map(({ name }) => name));
  return [...kept, ...overlay.filter(({ name }) => !names.has(name))];
}
