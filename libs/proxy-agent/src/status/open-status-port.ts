import type { Logger } from '@istio-ts/foundation';
import type { AgentSettings } from '../agent-settings.js';
import type { Environment } from '../pod/pod-environment.js';
import type { AgentMetrics } from './agent-metrics.js';
import { readAppProbes } from './app-probes.js';
import { mergeMetrics } from './metrics-merge.js';
import type { ReadinessCheck } from './readiness.js';
import { readScrapeTargets } from './scrape-settings.js';
import { serveStatus } from './status-server.js';

/** Opens the status port for a running agent; returns how to close it. */
export async function openStatusPort(agent: {
  readonly options: { readonly env: Environment; readonly logger: Logger };
  readonly settings: AgentSettings;
  readonly metrics: AgentMetrics;
  readonly readiness: ReadinessCheck;
  readonly end: () => void;
}): Promise<() => Promise<void>> {
  const { options, settings, metrics, readiness, end } = agent;
  const { env, logger } = options;
  const { addresses, ports, pod } = settings;
  const applications = readScrapeTargets(env['ISTIO_PROMETHEUS_ANNOTATIONS'], ports);
  const merge = {
    admin: { host: addresses.loopback, port: ports.admin },
    applications,
    applicationHost: addresses.loopback,
    ownMetrics: () => Promise.resolve(metrics.render()),
    metrics,
    logger: logger.child('status'),
  };
  const server = await serveStatus({
    host: addresses.bind,
    port: ports.status,
    readiness,
    mergedMetrics: (headers) => mergeMetrics(merge, headers),
    probes: readAppProbes(env['ISTIO_KUBE_APP_PROBERS']),
    applicationAddress: pod.ip,
    onQuit: end,
  });
  return () => server.close();
}
