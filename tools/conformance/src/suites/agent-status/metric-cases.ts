import { silentLogger } from '@istio-ts/foundation';
import { AgentMetrics, mergeMetrics } from '@istio-ts/proxy-agent/status';
import { unreadFields } from '../../read-cases.js';
import { compare, needs, type CaseOutcome } from '../../suite.js';
import { expositionFault, type ExpositionFormat } from './exposition.js';
import { ask, startServer, type Answered, type LocalServer } from './local-server.js';
import { listenAsMetrics, type MetricServer } from './metric-server.js';
import { openStatusPort } from './status-port.js';

export interface MetricCase {
  readonly name: string;
  readonly envoy: MetricServer;
  readonly apps: readonly MetricServer[];
  readonly maxAppBodyBytes?: number;
  readonly request: { readonly path: string; readonly headers?: Readonly<Record<string, string>> };
  readonly expect: Readonly<Record<string, unknown>>;
}

interface Scraped extends Answered {
  /** Parts of the application that were counted as failed. */
  readonly failures: number;
}

/** Everything that a case may say of the answer, and what is so instead of it: what it says where it is right. */
const checks: Readonly<Record<string, (scraped: Scraped, wanted: never) => unknown>> = {
  status: ({ status }) => status,
  contentType: ({ headers }) => headers['content-type'],
  mediaType: ({ headers }) => headers['content-type']?.split(';')[0],
  contentEncoding: ({ headers }) => headers['content-encoding'] ?? '',
  appScrapeErrors: ({ failures }) => failures,
  eofCount: ({ body }) => body.match(/^# EOF\r?$/gm)?.length ?? 0,
  bodyContains: ({ body }, parts: readonly string[]) => parts.filter((part) => body.includes(part)),
  bodyContainsInOrder: ({ body }, parts: readonly string[]) =>
    [...parts].sort((a, b) => body.indexOf(a) - body.indexOf(b)).filter((part) => body.includes(part)),
  bodyLacks: ({ body }, parts: readonly string[]) => parts.filter((part) => !body.includes(part)),
  bodyEndsWith: ({ body }, end: string) => body.slice(-end.length),
  parses: (scraped, format: string) => expositionFault(formatOf(format, scraped), scraped.body) ?? format,
  parseFails: (scraped, format: string) =>
    expositionFault(formatOf(format, scraped), scraped.body) === undefined ? 'it parses' : format,
};

function formatOf(written: string, { headers }: Scraped): ExpositionFormat {
  if (written === 'text' || written === 'openmetrics') return written;
  return headers['content-type']?.startsWith('application/openmetrics-text') === true
    ? 'openmetrics'
    : 'text';
}

/** One scrape of the agent's merged metrics, with servers for Envoy and for each part of the application. */
export async function runMetricCase(given: MetricCase): Promise<CaseOutcome> {
  const [unread] = unreadFields(given.expect, Object.keys(checks));
  if (unread !== undefined) return needs(`the expectation ${unread} of merged metrics`);
  const scraped = await scrape(given);
  const entries = Object.entries(given.expect);
  const got = entries.map(([field, wanted]) => [field, checks[field]?.(scraped, wanted as never)]);
  return compare(given.expect, Object.fromEntries(got));
}

async function scrape({ envoy, apps, maxAppBodyBytes, request }: MetricCase): Promise<Scraped> {
  const metrics = new AgentMetrics();
  const host = '127.0.0.1';
  const start = (server: MetricServer): Promise<LocalServer> => startServer(listenAsMetrics(server), host);
  const admin = await start(envoy);
  const applications = await Promise.all(apps.map(start));
  const options = {
    admin: { host, port: admin.port },
    applications: applications.map(({ port }) => ({ port, path: '/metrics' })),
    applicationHost: host,
    ownMetrics: () => Promise.resolve(metrics.render()),
    metrics,
    logger: silentLogger,
    ...(maxAppBodyBytes !== undefined && { mostApplicationBytes: maxAppBodyBytes }),
  };
  const agent = await openStatusPort({ mergedMetrics: (headers) => mergeMetrics(options, headers) });
  try {
    const answered = await ask({ port: agent.port, method: 'GET', ...request });
    const [, failures = '0'] = /failures_total\{type="application"\} (\d+)/.exec(metrics.render()) ?? [];
    return { ...answered, failures: Number(failures) };
  } finally {
    await agent.close();
    await Promise.all([admin, ...applications].map((server) => server.close()));
  }
}
