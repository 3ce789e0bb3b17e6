export { expandMap, groupMap } from './fan-out.js';
export { intern } from './intern.js';
export { lookupMap, type Lookup } from './lookup-map.js';
export { overlayMaps } from './overlay-maps.js';
export { projectMap } from './project-map.js';
export type { Slot } from './slot-memory.js';
export { unionMaps, zipMaps } from './zip-maps.js';
