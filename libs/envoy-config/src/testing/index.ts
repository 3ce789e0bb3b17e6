/** For tests alone, here and in `tests/`: what the pinned Envoy says to a configuration. */
export type { StaticConfig } from './envoy-process.js';
export { envoyComplaint, hasStatsModule } from './validate.js';
