import { meshConfigObject, meshNetworksObject, type AnalyzedObject } from '@istio-ts/config-analysis';
import {
  defaultMeshConfig,
  mergeMeshConfig,
  parseMeshNetworks,
  type MeshConfig,
  type MeshNetworks,
} from '@istio-ts/config-model';
import { MeshError, MeshErrorCode, type Issue } from '@istio-ts/foundation';
import { readManifestFiles } from '../../manifests/read-manifest-files.js';
import type { AnalyzeInvocation } from './analyze-flags.js';
import type { Collected } from './collect-objects.js';

/**
 * The settings of the mesh as objects: from the file that is given for them, else from the ConfigMap `istio`, else those of
 * a new installation. Rejects with a MeshError (USAGE) where they cannot be used.
 */
export async function readMeshSettings(
  invocation: Pick<AnalyzeInvocation, 'global' | 'io'> & {
    readonly flags: { readonly meshConfigFile?: string | undefined };
  },
  { objects }: Collected,
): Promise<readonly AnalyzedObject[]> {
  const { flags, global, io } = invocation;
  const placed = { origin: { source: 'settings', cluster: 'Kubernetes' }, namespace: global.istioNamespace };
  const { mesh, meshNetworks } = configMapData(objects, global.istioNamespace);
  const networks = meshNetworks === undefined ? [] : [meshNetworksObject(readNetworks(meshNetworks), placed)];
  const { meshConfigFile } = flags;
  if (meshConfigFile !== undefined) {
    const [file] = await readManifestFiles([meshConfigFile], { io, recursive: false });
    return [meshConfigObject(merge(file?.text ?? '', meshConfigFile), placed), ...networks];
  }
  const settings = mesh === undefined ? defaultMeshConfig : merge(mesh, 'ConfigMap istio');
  return [meshConfigObject(settings, placed), ...networks];
}

function configMapData(
  objects: readonly AnalyzedObject[],
  namespace: string,
): { readonly mesh?: string; readonly meshNetworks?: string } {
  const settings = objects.find(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' && metadata.name === 'istio' && metadata.namespace === namespace,
  );
  const { data = {} } = (settings?.spec ?? {}) as { readonly data?: Readonly<Record<string, string>> };
  return data;
}

function merge(text: string, from: string): MeshConfig {
  const merged = mergeMeshConfig(defaultMeshConfig, text, from);
  if (merged.ok) return merged.value;
  throw unusable('settings', from, merged.error);
}

function readNetworks(text: string): MeshNetworks {
  const parsed = parseMeshNetworks(text);
  if (parsed.ok) return parsed.value;
  throw unusable('networks', 'ConfigMap istio', parsed.error);
}

function unusable(what: string, from: string, issues: readonly Issue[]): MeshError {
  const words = issues.map(({ path = '', message }) => `${path}: ${message}`).join('; ');
  return new MeshError(MeshErrorCode.Usage, `the ${what} of the mesh in ${from} cannot be used: ${words}`);
}
