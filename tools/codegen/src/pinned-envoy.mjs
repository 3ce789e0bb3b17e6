/** All that code generation takes from `tools/envoy`: the binary that the types come out of. */
export { EnvoyError } from '../../envoy/src/envoy-error.mjs';
export { findPinnedEnvoy } from '../../envoy/src/find-envoy.mjs';
export { pinned } from '../../envoy/src/pinned.mjs';
