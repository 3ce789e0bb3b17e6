export { knownDifferences } from './known-differences.js';
export { renderTable } from './render-report.js';
export { isExplained, runSuites, type SuiteReport } from './run-suites.js';
export { suites } from './suites.js';
export { buildSnapshot, parseWorld, worldSettings } from './world/build-world.js';
export { proxyXds } from './world/proxy-xds.js';
export { scenarioNode, type ScenarioNode } from './suites/traffic-simulation/scenario.js';
