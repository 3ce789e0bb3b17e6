import { err, ok, type Result } from '@istio-ts/foundation';
import { Place, type Finding } from '../place.js';
import { hasError, toIssues } from '../to-issues.js';
import type { MeshConfig } from './defaults.js';
import { applyMeshConfig } from './merge.js';
import { parseSettings } from './parse-settings.js';
import { meshConfigSpec, type MeshConfigOverlay } from './spec.js';
import { validateMeshConfig } from './validate.js';

const unnamed = 'mesh configuration';

/** Reads a mesh configuration file, or the key `mesh` of ConfigMap `istio`: what it says, nothing laid under it. */
export function parseMeshConfig(text: string, file = unnamed): Result<MeshConfigOverlay> {
  const parsed = parseSettings(meshConfigSpec, { text, file });
  return parsed.ok ? ok(parsed.value.value, parsed.issues) : parsed;
}

/** Lays a mesh configuration text over `base` and checks the whole; on errors nothing of it counts. */
export function mergeMeshConfig(base: MeshConfig, text: string, file = unnamed): Result<MeshConfig> {
  const parsed = parseSettings(meshConfigSpec, { text, file });
  if (!parsed.ok) return parsed;
  const merged = applyMeshConfig(base, parsed.value.value);
  const findings: Finding[] = [];
  validateMeshConfig(merged, Place.root(findings));
  const issues = [...parsed.issues, ...toIssues(findings, { locate: parsed.value.locate })];
  return hasError(findings) ? err(issues) : ok(merged, issues);
}
