/**
 * What a program that starts beside every workload needs of a proxy's settings: the defaults, and durations. It has no
 * schema and no YAML in it, so that it costs no start-up time.
 */
export { parseDurationMs } from '../naming/duration.js';
export { defaultProxySettings } from './defaults.js';
export type { ProxySettings } from './spec.js';
