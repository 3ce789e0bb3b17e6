/** Envoy's bootstrap as a pure function, for those who compare or inspect it without an agent. */
export { createBootstrap, type BootstrapInput } from './bootstrap.js';
export { statsTags } from './stats-config.js';
