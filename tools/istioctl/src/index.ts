export { runIstioctl } from './run-istioctl.js';
export type { FolderEntry, Io } from './io.js';
export { listFolder } from './list-folder.js';
export type { AdminRequest, IstiodAnswer, MeshAccess, MeshPod, PodName } from './mesh/mesh-access.js';
export { compareDumps } from './commands/proxy-status/compare-dumps.js';
export { parseConfigDump, type ConfigDump } from './dump/config-dump.js';
export { renderDomains } from './summaries/routes.js';
