/** The status port and what stands behind it, for those who try it without a running agent. */
export { readAppProbes } from './app-probes.js';
export { AgentMetrics } from './agent-metrics.js';
export { agentMetricTable } from './metric-table.js';
export { mergeMetrics, type MergedMetrics } from './metrics-merge.js';
export { ReadinessCheck } from './readiness.js';
export { readScrapeTargets } from './scrape-settings.js';
export { serveStatus, type StatusServer } from './status-server.js';
