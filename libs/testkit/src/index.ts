export * from './eventually.js';
export * from './held-clock.js';
export * from './shared-dir.js';
export * from './temp-dir.js';
