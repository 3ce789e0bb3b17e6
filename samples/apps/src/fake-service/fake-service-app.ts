import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServiceAnswer, ServiceCall } from '../call-service.js';
import { forwardedHeaders } from '../forwarded-headers.js';
import { delayOf, failsOn, renderDuration, type Behaviour } from './behaviour.js';

export interface FakeServiceOptions {
  readonly behaviour: Behaviour;
  readonly upstreams: readonly string[];
  readonly call: (url: URL, call?: ServiceCall) => Promise<ServiceAnswer>;
  readonly log: (line: string) => void;
}

/** What one call answers. Field names are the contract of the image that this stands in for. */
interface Report {
  readonly name?: string;
  readonly uri: string;
  readonly type?: 'HTTP';
  readonly ip_addresses?: readonly string[];
  readonly start_time?: string;
  readonly end_time?: string;
  readonly duration?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly upstream_calls?: readonly Report[];
  readonly code: number;
  readonly error?: string;
}

/** A service that answers any path after a set time, and calls others first. */
export function addFakeService(app: FastifyInstance, options: FakeServiceOptions): void {
  let requestCount = 0;
  app.get('/health', () => 'OK');
  app.all('*', async (request, reply) => {
    requestCount += 1;
    const report = await answer(request, requestCount, options);
    options.log(`${request.method} ${request.url} ${report.code}`);
    return reply
      .code(report.code)
      .type('application/json')
      .send(JSON.stringify(report, undefined, 2));
  });
}

async function answer(request: FastifyRequest, count: number, options: FakeServiceOptions): Promise<Report> {
  const { behaviour, upstreams } = options;
  const start = new Date();
  const began = performance.now();
  const calls = await Promise.all(upstreams.map((upstream) => callUpstream(upstream, request, options)));
  await sleep(delayOf(behaviour, Math.random()));
  const failed = failsOn(behaviour, count);
  const code = failed ? behaviour.errorCode : calls.some((call) => call.code !== 200) ? 500 : 200;
  return {
    name: behaviour.name,
    uri: request.url,
    type: 'HTTP',
    ip_addresses: ownAddresses(),
    start_time: start.toISOString(),
    end_time: new Date().toISOString(),
    duration: renderDuration(performance.now() - began),
    ...(code === 200 && { body: behaviour.message }),
    ...(calls.length > 0 && { upstream_calls: calls }),
    code,
    ...(failed && { error: `Service error automatically injected` }),
  };
}

async function callUpstream(
  upstream: string,
  request: FastifyRequest,
  options: FakeServiceOptions,
): Promise<Report> {
  const headers = forwardedHeaders(request.headers);
  try {
    const answered = await options.call(new URL(upstream), { headers });
    return upstreamReport(upstream, answered);
  } catch (cause) {
    return { uri: upstream, code: -1, error: cause instanceof Error ? cause.message : String(cause) };
  }
}

function upstreamReport(uri: string, { status, headers, body }: ServiceAnswer): Report {
  const report = parseReport(body);
  const failure = `Error processing upstream request: ${uri}, expected code 200, got ${status}`;
  return {
    ...report,
    uri,
    headers: goHeaders(headers),
    code: status,
    ...(status !== 200 && { error: failure }),
  };
}

function parseReport(body: string): Partial<Report> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? parsed
      : { body: parsed };
  } catch {
    return { body };
  }
}

/** Header names as Go spells them: `X-Envoy-Upstream-Service-Time`. */
function goHeaders(headers: ServiceAnswer['headers']): Readonly<Record<string, string>> {
  const spelled = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [spelled(name), String(value)]));
}

function ownAddresses(): readonly string[] {
  const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return interfaces
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}
