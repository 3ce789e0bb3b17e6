import { nameTableCases } from './name-tables.js';
import type { Suite } from '../suite.js';

/** Names: what the control plane tells a proxy, and what the agent's own DNS server answers. */
export const dns: Suite = {
  name: 'dns',
  load: (dir) => nameTableCases(dir),
};
