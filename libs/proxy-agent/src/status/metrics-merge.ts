import { MeshError, type Logger, type Metrics } from '@istio-ts/foundation';
import { callHttp, type HttpAnswer, type HttpEndpoint } from '../envoy/envoy-admin.js';
import { textFormatsOf } from './accepted-formats.js';
import type { ScrapeTarget } from './scrape-settings.js';

export interface MetricsMergeOptions {
  readonly admin: HttpEndpoint;
  /** What is scraped of the application, in the order in which it is shown. */
  readonly applications: readonly ScrapeTarget[];
  /** More than this, of all of them together, is not kept. */
  readonly mostApplicationBytes?: number;
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
const roomForApplications = 64 * 1024 * 1024;
/** What is passed on to the application beside the formats it may answer in: who asks, and how long it waits. */
const passedHeaders = ['user-agent', 'x-prometheus-scrape-timeout-seconds'];

/**
 * The agent's, Envoy's and the application's metrics in one body, in this order. A part that fails is left out and counted.
 * The application decides the format, because its lines cannot be translated; Envoy and the agent are valid in both. Where
 * its parts do not agree on OpenMetrics, the plain text format takes them all.
 */
export async function mergeMetrics(
  options: MetricsMergeOptions,
  requestHeaders: Readonly<Record<string, string | undefined>>,
): Promise<MergedMetrics> {
  options.metrics.increment('istio_agent_scrapes_total');
  const [envoy, applications] = await Promise.all([
    scrapeEnvoy(options),
    scrapeApplications(options, headersForApplication(requestHeaders)),
  ]);
  const own = await options.ownMetrics();
  const [first] = applications;
  const isOpenMetrics = applications.every(({ contentType }) => contentType.startsWith(openMetrics));
  const contentType = first !== undefined && isOpenMetrics ? first.contentType : textFormat;
  const parts = [own, envoy, ...applications.map(({ body }) => body)];
  const body = parts.map((part) => endWithNewline(withoutEof(part))).join('');
  return { contentType, body: contentType === textFormat ? body : `${body}# EOF\n` };
}

function headersForApplication(
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const headers = [
    ['accept', textFormatsOf(given['accept'])],
    ...passedHeaders.map((name) => [name, given[name]]),
  ];
  return Object.fromEntries(headers.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

async function scrapeEnvoy(options: MetricsMergeOptions): Promise<string> {
  const call = { method: 'GET', path: '/stats/prometheus?usedonly', timeoutMs: scrapeTimeoutMs };
  const answer = await scrape(options, 'envoy', () => callHttp(options.admin, call));
  return answer?.body.toString('utf8') ?? '';
}

/** Those that answered, in their order, as far as there is room. */
async function scrapeApplications(
  options: MetricsMergeOptions,
  headers: Readonly<Record<string, string>>,
): Promise<readonly MergedMetrics[]> {
  const {
    applications,
    applicationHost: host,
    mostApplicationBytes: mostBytes = roomForApplications,
  } = options;
  const answers = await Promise.all(
    applications.map(({ port, path }) => {
      const call = { method: 'GET', path, headers, timeoutMs: scrapeTimeoutMs, mostBytes };
      return scrape(options, 'application', () => callHttp({ host, port }, call));
    }),
  );
  const kept: MergedMetrics[] = [];
  let room = mostBytes;
  for (const answer of answers.filter((one) => one !== undefined)) {
    if (answer.body.length <= room) {
      room -= answer.body.length;
      kept.push(asMetrics(answer));
    } else {
      leaveOut(options, 'application', `all its metrics are more than ${mostBytes} bytes`);
    }
  }
  return kept;
}

function asMetrics({ headers, body }: HttpAnswer): MergedMetrics {
  const contentType = headers['content-type'];
  return {
    contentType: typeof contentType === 'string' ? contentType : textFormat,
    body: body.toString('utf8'),
  };
}

async function scrape(
  options: MetricsMergeOptions,
  type: string,
  call: () => Promise<HttpAnswer>,
): Promise<HttpAnswer | undefined> {
  try {
    const answer = await call();
    if (answer.status === 200) return answer;
    leaveOut(options, type, `it answered ${answer.status}`);
  } catch (error) {
    leaveOut(options, type, MeshError.from(error).message);
  }
  return undefined;
}

function leaveOut({ metrics, logger }: MetricsMergeOptions, type: string, reason: string): void {
  metrics.increment('istio_agent_scrape_failures_total', { type });
  logger.warn(`cannot scrape ${type}`, { reason });
}

function withoutEof(text: string): string {
  return text.replaceAll(/^# EOF\r?\n?/gm, '');
}

function endWithNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
