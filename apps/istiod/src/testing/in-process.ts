/** For programs that run istiod in their own process and watch what becomes of it. */
export { runIstiod } from '../istiod.js';
export { defaultOptions } from '../options.js';
export { systemClock } from '../system-clock.js';
