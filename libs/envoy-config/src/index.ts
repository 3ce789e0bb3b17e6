export { emitClusters, emitEndpoints, emitListeners, emitRoutes } from './emit.js';
export { emitInSteps } from './emit-in-steps.js';
export { emitNameTable } from './names/emit-name-table.js';
