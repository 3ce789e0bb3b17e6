import { err, ok, type Result } from '@istio-ts/foundation';
import { parseSettings } from '../mesh-config/parse-settings.js';
import { Place, type Finding } from '../place.js';
import { hasError, toIssues } from '../to-issues.js';
import { meshNetworksSpec, type MeshNetworks } from './spec.js';
import { validateMeshNetworks } from './validate.js';

/** Reads a mesh networks file, or the key `meshNetworks` of ConfigMap `istio`, and checks it. */
export function parseMeshNetworks(text: string, file = 'mesh networks'): Result<MeshNetworks> {
  const parsed = parseSettings(meshNetworksSpec, { text, file });
  if (!parsed.ok) return parsed;
  const findings: Finding[] = [];
  validateMeshNetworks(parsed.value.value, Place.root(findings));
  const issues = [...parsed.issues, ...toIssues(findings, { locate: parsed.value.locate })];
  return hasError(findings) ? err(issues) : ok(parsed.value.value, issues);
}
