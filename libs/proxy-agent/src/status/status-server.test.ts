import { createServer, type RequestListener } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js';
import { silentLogger } from '@istio-ts/foundation';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callHttp, type HttpAnswer } from '../envoy/envoy-admin.js';
import { AgentMetrics } from './agent-metrics.js';
import { readAppProbes } from './app-probes.js';
import { mergeMetrics } from './metrics-merge.js';
import { ReadinessCheck } from './readiness.js';
import { serveStatus } from './status-server.js';

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** gRPC's health service with a status for each service. */
async function serveHealth(statuses: Readonly<Record<string, number>>): Promise<number> {
  const server = new Server();
  const check: handleUnaryCall<{ readonly service: string }, { readonly status: number }> = (
    { request },
    callback,
  ) => callback(null, { status: statuses[request.service] ?? 0 });
  const definition = {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: () => Buffer.alloc(0),
    requestDeserialize: (bytes: Buffer) => ({ service: bytes.subarray(2).toString() }),
    responseSerialize: ({ status }: { readonly status: number }) => Buffer.from([0x08, status]),
    responseDeserialize: () => ({ status: 0 }),
  } as const;
  server.addService({ Check: definition }, { Check: check });
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = ServerCredentials.createInsecure();
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  onTestFinished(() => server.forceShutdown());
  return port;
}

interface Surroundings {
  readonly envoy?: RequestListener;
  readonly application?: RequestListener;
  readonly probers?: (port: number) => unknown;
  readonly hasCertificate?: boolean;
}

interface StatusPort {
  readonly metrics: AgentMetrics;
  readonly readiness: ReadinessCheck;
  readonly quits: () => number;
  ask(path: string, method?: string, headers?: Record<string, string>): Promise<HttpAnswer>;
}

async function openStatus(around: Surroundings): Promise<StatusPort> {
  const refuse: RequestListener = (_request, response) => void response.writeHead(503).end();
  const admin = { host: '127.0.0.1', port: await serve(around.envoy ?? refuse) };
  const port = await serve(around.application ?? refuse);
  const metrics = new AgentMetrics();
  const hasCertificate = (): boolean => around.hasCertificate ?? true;
  const readiness = new ReadinessCheck({ admin, hasCertificate, onReady: () => undefined });
  let quits = 0;
  const applications = around.application ? [{ port, path: '/metrics' }] : [];
  const ownMetrics = (): Promise<string> => Promise.resolve(metrics.render());
  const server = await serveStatus({
    host: '127.0.0.1',
    port: 0,
    readiness,
    mergedMetrics: (headers) =>
      mergeMetrics(
        { admin, applications, applicationHost: '127.0.0.1', ownMetrics, metrics, logger: silentLogger },
        headers,
      ),
    probes: readAppProbes(around.probers && JSON.stringify(around.probers(port))),
    applicationAddress: '127.0.0.1',
    onQuit: () => (quits += 1),
  });
  onTestFinished(() => server.close());
  return {
    metrics,
    readiness,
    quits: () => quits,
    ask: (path, method = 'GET', headers = {}) =>
      callHttp({ host: '127.0.0.1', port: server.port }, { method, path, headers, timeoutMs: 5000 }),
  };
}

const text =
  (body: string, type?: string): RequestListener =>
  (_request, response) => {
    response.writeHead(200, type === undefined ? {} : { 'content-type': type });
    response.end(body);
  };

const liveEnvoy = text(
  'cluster_manager.cds.update_success: 1\nlistener_manager.lds.update_success: 1\nlistener_manager.workers_started: 1\nserver.state: 0\n',
);

describe('readiness', () => {
  it('is given with configuration, workers and a certificate', async () => {
    const status = await openStatus({ envoy: liveEnvoy });
    expect((await status.ask('/healthz/ready')).status).toBe(200);
  });

  it('is not given without a certificate, and says so', async () => {
    const status = await openStatus({ envoy: liveEnvoy, hasCertificate: false });
    const answer = await status.ask('/healthz/ready');
    expect([answer.status, answer.body.toString()]).toEqual([
      503,
      expect.stringContaining('no certificate yet'),
    ]);
  });

  it('ends with the drain', async () => {
    const status = await openStatus({ envoy: liveEnvoy });
    await status.ask('/healthz/ready');
    status.readiness.startDraining();
    expect((await status.ask('/healthz/ready')).status).toBe(503);
  });

  it.each([
    ['', 'config not received from XDS server (is Istiod running?)'],
    [
      'listener_manager.lds.update_success: 1',
      'config not fully received from XDS server: cds updates: 0 successful',
    ],
    [
      'cluster_manager.cds.update_success: 1\nlistener_manager.lds.update_success: 1\nserver.state: 2',
      'not live yet',
    ],
    [
      'cluster_manager.cds.update_success: 1\nlistener_manager.lds.update_success: 1\nserver.state: 0',
      'workers have not yet started',
    ],
  ])('says what is missing with %j', async (stats, reason) => {
    const status = await openStatus({ envoy: text(stats) });
    const answer = await status.ask('/healthz/ready');
    expect([answer.status, answer.body.toString()]).toEqual([503, expect.stringContaining(reason)]);
  });
});

describe('merged metrics', () => {
  it('are compressed for those who take gzip, and for nobody else', async () => {
    const status = await openStatus({ envoy: text('envoy_x 1\n'), application: text('app_x 2') });
    const ask = (codings: string): Promise<HttpAnswer> =>
      status.ask('/stats/prometheus', 'GET', { 'accept-encoding': codings });
    const [packed, plain, refused] = await Promise.all(['br, gzip;q=0.5', 'br, lz4', 'gzip;q=0'].map(ask));
    expect(packed?.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed?.body ?? '').toString()).toMatch(/\nenvoy_x 1\napp_x 2\n$/);
    expect([plain, refused].map((answer) => answer?.headers['content-encoding'])).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('the probes of an application', () => {
  it('are done on behalf of the kubelet, with the headers that the user wrote', async () => {
    const status = await openStatus({
      application: (request, response) => {
        const ok = request.headers.host === 'shop.test' && request.url === '/healthy';
        response.writeHead(ok ? 204 : 400).end();
      },
      probers: (port) => ({
        '/app-health/web/readyz': {
          httpGet: { port, path: 'healthy', httpHeaders: [{ name: 'Host', value: 'shop.test' }] },
        },
        '/app-health/web/livez': { tcpSocket: { port } },
        '/app-health/web/startupz': { tcpSocket: { port: 1 } },
      }),
    });
    const statuses = await Promise.all(
      ['readyz', 'livez', 'startupz', 'other'].map(
        async (name) => (await status.ask(`/app-health/web/${name}`)).status,
      ),
    );
    expect(statuses).toEqual([204, 200, 500, 404]);
  });

  it('follow redirects of the application, but not for ever, and take another host for success', async () => {
    const hops: Readonly<Record<string, string>> = {
      '/once': '/there',
      '/round': '/round',
      '/away': 'http://else.test/',
    };
    const status = await openStatus({
      application: ({ url = '' }, response) => {
        const location = hops[url];
        if (location === undefined) response.writeHead(204).end();
        else response.writeHead(302, { location }).end();
      },
      probers: (port) => ({
        '/app-health/web/livez': { httpGet: { port, path: 'once' } },
        '/app-health/web/readyz': { httpGet: { port, path: 'round' } },
        '/app-health/web/startupz': { httpGet: { port, path: 'away' } },
      }),
    });
    const answer = async (name: string): Promise<number> =>
      (await status.ask(`/app-health/web/${name}`)).status;
    expect(await Promise.all(['livez', 'readyz', 'startupz'].map(answer))).toEqual([204, 500, 200]);
  });

  it('ask a gRPC application for the health of the named service', async () => {
    const port = await serveHealth({ '': 1, stopped: 2 });
    const status = await openStatus({
      probers: () => ({
        '/app-health/web/livez': { grpc: { port, service: null } },
        '/app-health/web/readyz': { grpc: { port, service: 'stopped' } },
        '/app-health/web/startupz': { grpc: { port: 1 } },
      }),
    });
    const answer = async (name: string): Promise<number> =>
      (await status.ask(`/app-health/web/${name}`)).status;
    expect(await Promise.all(['livez', 'readyz', 'startupz'].map(answer))).toEqual([200, 500, 500]);
  });

  it('are refused where the table cannot be read', () => {
    expect(() => readAppProbes('{"/health":{}}')).toThrow('/health is not of the form');
    expect(() => readAppProbes('{"/app-health/a/livez":{}}')).toThrow('expected httpGet, tcpSocket or grpc');
    expect(() => readAppProbes('[')).toThrow('failed to decode');
  });
});

describe('/quitquitquit', () => {
  it('ends the agent, and only by POST', async () => {
    const status = await openStatus({});
    expect((await status.ask('/quitquitquit')).status).toBe(405);
    expect((await status.ask('/quitquitquit', 'POST')).status).toBe(200);
    expect(status.quits()).toBe(1);
  });
});
