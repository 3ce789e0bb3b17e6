import type { Clock } from '@istio-ts/foundation';
import { AdsStream } from '../ads/ads-stream.js';
import type { Trust } from '../ca/open-trust.js';
import { flagName, type Options } from '../options.js';
import type { MeshControl } from '../push/mesh-control.js';
import { trackBuild, trackProxies } from '../telemetry/gauges.js';
import type { PrometheusMetrics } from '../telemetry/prometheus.js';
import type { ChangeFeed } from './change-feed.js';
import { runHttpServer } from './http-server.js';
import { registerPages, type PageSources } from './pages.js';
import { rejectionIssues } from './rejection-issues.js';

export interface PagesContext {
  readonly clock: Clock;
  readonly metrics: PrometheusMetrics;
  readonly mesh: MeshControl;
  readonly trust: Trust;
  readonly changes: ChangeFeed;
  /** What is still missing for readiness; undefined when nothing is. */
  readonly notReady: () => string | undefined;
}

export interface HttpPorts {
  readonly httpPort: number;
  readonly monitoringPort: number;
}

/** So long a page waits for what is wrong with the newest changes. */
const analysisWaitMs = 2000;

/** Both HTTP servers, with the same pages. */
export async function servePages(
  options: Options,
  context: PagesContext,
  signal: AbortSignal,
): Promise<HttpPorts> {
  const { mesh, metrics, clock, trust } = context;
  const streams = (): readonly AdsStream[] =>
    [...mesh.push.connections].filter((connection) => connection instanceof AdsStream);
  const pages: PageSources = {
    ...context,
    mesh: mesh.state,
    streams,
    analysed: () => mesh.analysed(analysisWaitMs),
    issues: () => [
      ...mesh.presentIssues,
      ...new Set(streams().flatMap(({ node }) => mesh.state.resolve(node).issues)),
      ...rejectionIssues(streams()),
    ],
    rootPem: trust.authority.rootPem,
    pushAgain: () => {
      for (const stream of streams()) stream.resendAll();
      return streams().length;
    },
    access: {
      verifier: trust.verifier,
      namespaces: [options.rootNamespace, ...options.debugNamespaces],
    },
    debugOnHttp: options.debugOnHttp,
  };
  trackBuild(metrics, clock, signal);
  trackProxies(metrics, streams, signal);
  const serve = (name: 'httpAddress' | 'monitoringAddress'): Promise<number> =>
    runHttpServer({
      address: options[name],
      option: flagName(name),
      register: (server) => registerPages(server, pages),
      signal,
    });
  return { httpPort: await serve('httpAddress'), monitoringPort: await serve('monitoringAddress') };
}
