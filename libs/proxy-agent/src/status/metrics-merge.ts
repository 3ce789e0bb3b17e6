import { MeshError, type Logger, type Metrics } from '@istio-ts/foundation';
import { callHttp, type HttpAnswer, type HttpEndpoint } from '../envoy/envoy-admin.js';
import type { ScrapeTarget } from './scrape-settings.js';

export interface MetricsMergeOptions {
  readonly admin: HttpEndpoint;
  readonly application: ScrapeTarget | undefined;
  /** Where the application is reached without passing through the proxy. */
  readonly applicationHost: string;
  /** The agent's own metrics in Prometheus' text form. */
  readonly ownMetrics: () => Promise<string>;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

export interface MergedMetrics {
  readonly contentType: string;
  readonly body: string;
}

const textFormat = 'text/plain; version=0.0.4; charset=utf-8';
const openMetrics = 'application/openmetrics-text';
const scrapeTimeoutMs = 10_000;
/** What is passed on to the application: how to answer, and how long the scraper waits. */
const passedHeaders = ['accept', 'user-agent', 'x-prometheus-scrape-timeout-seconds'];

/**
 * The agent's, Envoy's and the application's metrics in one body, in this order. A part that fails is left out and counted.
 * The application decides the format, because its lines cannot be translated; Envoy and the agent are valid in both.
 */
export async function mergeMetrics(
  options: MetricsMergeOptions,
  requestHeaders: Readonly<Record<string, string | undefined>>,
): Promise<MergedMetrics> {
  options.metrics.increment('istio_agent_scrapes_total');
  const headers = Object.fromEntries(
    passedHeaders.flatMap((name) =>
      requestHeaders[name] === undefined ? [] : [[name, requestHeaders[name]]],
    ),
  );
  const [envoy, application] = await Promise.all([scrapeEnvoy(options), scrapeApplication(options, headers)]);
  const own = await options.ownMetrics();
  const isOpenMetrics = application?.contentType.startsWith(openMetrics) ?? false;
  const parts = [own, envoy, application?.body ?? ''].map((part) => endWithNewline(withoutEof(part)));
  return {
    contentType: isOpenMetrics ? (application?.contentType ?? textFormat) : textFormat,
    body: parts.join('') + (isOpenMetrics ? '# EOF\n' : ''),
  };
}

async function scrapeEnvoy(options: MetricsMergeOptions): Promise<string> {
  const call = { method: 'GET', path: '/stats/prometheus?usedonly', timeoutMs: scrapeTimeoutMs };
  const answer = await scrape(options, 'envoy', () => callHttp(options.admin, call));
  return answer?.body.toString('utf8') ?? '';
}

async function scrapeApplication(
  options: MetricsMergeOptions,
  headers: Readonly<Record<string, string>>,
): Promise<MergedMetrics | undefined> {
  const target = options.application;
  if (target === undefined) return undefined;
  const endpoint = { host: options.applicationHost, port: target.port };
  const call = { method: 'GET', path: target.path, headers, timeoutMs: scrapeTimeoutMs };
  const answer = await scrape(options, 'application', () => callHttp(endpoint, call));
  if (answer === undefined) return undefined;
  const contentType = answer.headers['content-type'];
  return {
    contentType: typeof contentType === 'string' ? contentType : textFormat,
    body: answer.body.toString('utf8'),
  };
}

async function scrape(
  { metrics, logger }: MetricsMergeOptions,
  type: string,
  call: () => Promise<HttpAnswer>,
): Promise<HttpAnswer | undefined> {
  try {
    const answer = await call();
    if (answer.status === 200) return answer;
    throw new Error(`it answered ${answer.status}`);
  } catch (error) {
    metrics.increment('istio_agent_scrape_failures_total', { type });
    logger.warn(`cannot scrape ${type}`, { reason: MeshError.from(error).message });
    return undefined;
  }
}

function withoutEof(text: string): string {
  return text.replaceAll(/^# EOF\n?/gm, '');
}

function endWithNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
