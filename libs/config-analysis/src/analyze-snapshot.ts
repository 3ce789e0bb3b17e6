import type { MeshConfig, MeshNetworks, ObjectMeta, Origin } from '@istio-ts/config-model';
import { Analysis, defaultSettings, type AnalysisOptions } from './analysis.js';
import type { AnalyzedObject } from './analyzed-object.js';
import { allAnalyzers } from './analyzers.js';
import { meshConfigName, meshNetworksName } from './tracked-world.js';

/**
 * Analyses a set of objects. The result has the `issues`, and takes changes of the objects in (`apply`), which costs what
 * they touch. Settings of the mesh are among the objects: `meshConfigObject`; without them the defaults hold.
 */
export function analyzeSnapshot(
  objects: Iterable<AnalyzedObject>,
  options: Partial<AnalysisOptions> = {},
): Analysis {
  const analysis = new Analysis({ analyzers: allAnalyzers, ...options });
  analysis.apply([...objects].map((after) => ({ after })));
  return analysis;
}

interface SettingsObject {
  readonly origin: Origin;
  /** Where the control plane is; absent: istio-system. */
  readonly namespace?: string;
}

/** The settings of the mesh as an object among the others. */
export function meshConfigObject(
  spec: MeshConfig,
  { origin, namespace }: SettingsObject,
): AnalyzedObject<'MeshConfig'> {
  return { ...settingsObject(meshConfigName, origin, namespace), kind: 'MeshConfig', spec };
}

export function meshNetworksObject(
  spec: MeshNetworks,
  { origin, namespace }: SettingsObject,
): AnalyzedObject<'MeshNetworks'> {
  return { ...settingsObject(meshNetworksName, origin, namespace), kind: 'MeshNetworks', spec };
}

function settingsObject(
  name: string,
  origin: Origin,
  namespace = defaultSettings.systemNamespace,
): { readonly apiVersion: string; readonly metadata: ObjectMeta; readonly origin: Origin } {
  const metadata = { name, namespace, labels: {}, annotations: {}, ownerReferences: [] };
  return { apiVersion: '', metadata, origin };
}
