import { createServer, type RequestListener } from 'node:http';
import { silentLogger } from '@istio-ts/foundation';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AgentMetrics } from './agent-metrics.js';
import { mergeMetrics, type MergedMetrics } from './metrics-merge.js';

const openMetrics = 'application/openmetrics-text; version=1.0.0';

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const lines =
  (body: string, type = 'text/plain', status = 200): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);

interface Scrape {
  readonly envoy?: RequestListener;
  readonly applications: readonly RequestListener[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly mostApplicationBytes?: number;
}

interface Scraped extends MergedMetrics {
  readonly own: string;
}

async function scrape(around: Scrape): Promise<Scraped> {
  const metrics = new AgentMetrics();
  const ports = await Promise.all(around.applications.map(serve));
  const { mostApplicationBytes } = around;
  const merged = await mergeMetrics(
    {
      admin: { host: '127.0.0.1', port: await serve(around.envoy ?? lines('envoy_x 1\n')) },
      applications: ports.map((port) => ({ port, path: '/metrics' })),
      applicationHost: '127.0.0.1',
      ownMetrics: () => Promise.resolve('own_x 0\n'),
      metrics,
      logger: silentLogger,
      ...(mostApplicationBytes !== undefined && { mostApplicationBytes }),
    },
    around.headers ?? {},
  );
  return { ...merged, own: metrics.render() };
}

describe('merged metrics', () => {
  it('are the agent, Envoy and the parts of the application in this order', async () => {
    const { body, contentType } = await scrape({ applications: [lines('app_x 2'), lines('app_y 3\n')] });
    expect(body).toBe('own_x 0\nenvoy_x 1\napp_x 2\napp_y 3\n');
    expect(contentType).toContain('text/plain');
  });

  it('leave out a part that fails, and count it', async () => {
    const { body, own } = await scrape({
      envoy: lines('', 'text/plain', 503),
      applications: [lines('', openMetrics, 500), lines('app_y 3\n')],
    });
    expect(body).toBe('own_x 0\napp_y 3\n');
    expect(own).toContain('istio_agent_scrape_failures_total{type="application"} 1\n');
    expect(own).toContain('istio_agent_scrape_failures_total{type="envoy"} 1\n');
  });

  it('end once where every part of the application that answers speaks OpenMetrics', async () => {
    const { body, contentType } = await scrape({
      envoy: lines('envoy_x 1\n# EOF\n'),
      applications: [
        lines('', 'text/plain', 500),
        lines('app_x 2\n# EOF\r\n', openMetrics),
        lines('app_y 3\n# EOF\n', openMetrics),
      ],
    });
    expect(contentType).toBe(openMetrics);
    expect(body).toBe('own_x 0\nenvoy_x 1\napp_x 2\napp_y 3\n# EOF\n');
  });

  it('are plain text where the parts do not agree', async () => {
    const { body, contentType } = await scrape({
      applications: [lines('app_x 2\n# EOF\n', openMetrics), lines('app_y 3\n')],
    });
    expect(contentType).toContain('text/plain');
    expect(body).toBe('own_x 0\nenvoy_x 1\napp_x 2\napp_y 3\n');
  });

  it('never ask the application for protobuf', async () => {
    const asked: (string | undefined)[] = [];
    await scrape({
      applications: [
        ({ headers }, response) => {
          asked.push(headers.accept);
          response.end();
        },
      ],
      headers: { accept: 'application/vnd.google.protobuf;q=0.6,text/plain;q=0.5' },
    });
    expect(asked).toEqual(['text/plain;q=0.5']);
  });

  it('keep no more of the application than there is room for', async () => {
    const { body, own } = await scrape({
      applications: [lines('a'.repeat(90)), lines('b'.repeat(90)), lines('c'.repeat(101)), lines('d\n')],
      mostApplicationBytes: 100,
    });
    expect(body).toBe(`own_x 0\nenvoy_x 1\n${'a'.repeat(90)}\nd\n`);
    expect(own).toContain('istio_agent_scrape_failures_total{type="application"} 2\n');
  });
});
