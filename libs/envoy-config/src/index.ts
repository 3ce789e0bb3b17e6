export { emitClusters, emitEndpoints, emitListeners, emitRoutes } from './emit.js';
export { emitNameTable } from './names/emit-name-table.js';
