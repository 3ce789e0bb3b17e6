import { agentStatus } from './suites/agent-status/agent-status.js';
import { analyzers } from './suites/analyzers.js';
import { annotationsLabels } from './suites/annotations-labels.js';
import { bootstrapSuite } from './suites/bootstrap.js';
import { configValidation } from './suites/config-validation.js';
import { crdValidation } from './suites/crd-validation.js';
import { dns } from './suites/dns.js';
import { hostAndNaming } from './suites/host-and-naming.js';
import { iptables } from './suites/iptables.js';
import { istioctl } from './suites/istioctl.js';
import { meshConfig } from './suites/mesh-config.js';
import { trafficSimulation } from './suites/traffic-simulation/traffic-simulation.js';
import type { Suite } from './suite.js';

/** The suites that are wired. A folder of another name is left alone, and said so. */
export const suites: readonly Suite[] = [
  agentStatus,
  analyzers,
  annotationsLabels,
  bootstrapSuite,
  configValidation,
  crdValidation,
  dns,
  hostAndNaming,
  iptables,
  meshConfig,
  istioctl,
  trafficSimulation,
];
