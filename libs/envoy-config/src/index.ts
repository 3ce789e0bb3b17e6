export { emitClusters, emitEndpoints, emitListeners, emitRoutes } from './emit.js';
