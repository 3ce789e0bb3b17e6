export { emptySnapshot, nextSnapshot } from './snapshot/next-snapshot.js';
export type { Change, ChangeSet } from './snapshot/change-set.js';
export type { MeshSnapshot } from './snapshot/mesh-snapshot.js';
export type { MeshPort, MeshService } from './snapshot/mesh-service.js';
export type { ServiceEndpoint, ServiceEndpoints } from './snapshot/service-endpoint.js';
export type { ServiceFacts } from './snapshot/service-facts.js';
export { tlsModeLabel, type Workload } from './snapshot/workload-index.js';
export { snapshotIssues } from './issues/snapshot-issues.js';
export { MeshIssueCode } from './issues/issue-code.js';
export { meshIssueCodeTexts } from './issues/issue-code-texts.js';
export { nameTable, type NameTableOptions } from './resolve/name-table.js';
export { resolveInSteps, resolveProxy, sharedClassOf } from './resolve/resolve-proxy.js';
export {
  compatibilityOf,
  defaultMeshSettings,
  type Compatibility,
  type MeshSettings,
} from './settings/mesh-settings.js';
export { createMeshSettings, type MeshPlace } from './settings/create-mesh-settings.js';
