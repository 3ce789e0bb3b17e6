import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { MeshError } from '@istio-ts/foundation';
import type { AppProbes } from './app-probes.js';
import { runProbe } from './app-probes.js';
import type { MergedMetrics } from './metrics-merge.js';
import type { ReadinessCheck } from './readiness.js';

export interface StatusServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly readiness: Pick<ReadinessCheck, 'check'>;
  readonly mergedMetrics: (headers: Headers) => Promise<MergedMetrics>;
  readonly probes: AppProbes;
  /** Where the application listens: the pod's address. */
  readonly applicationAddress: string;
  /** Somebody on this machine asked the whole agent to end, at once. */
  readonly onQuit: () => void;
}

type Headers = Readonly<Record<string, string | undefined>>;

export interface StatusServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the pod's status port (15020): readiness, merged metrics, the application's probes, and the way to end it all. */
export async function serveStatus(options: StatusServerOptions): Promise<StatusServer> {
  const server = fastify({ forceCloseConnections: true });
  addReadiness(server, options);
  addMetrics(server, options);
  addProbes(server, options);
  addQuit(server, options);
  try {
    await server.listen({ host: options.host, port: options.port });
  } catch (error) {
    const where = `${options.host}:${options.port}`;
    throw MeshError.from(error, `the status port ${where} cannot be opened (ProxyConfig statusPort)`);
  }
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { port, close: () => server.close() };
}

function addReadiness(server: FastifyInstance, { readiness }: StatusServerOptions): void {
  server.get('/healthz/ready', async (_request, reply) => {
    const outcome = await readiness.check();
    return outcome.ready ? reply.code(200).send() : reply.code(503).send(outcome.reason);
  });
}

function addMetrics(server: FastifyInstance, { mergedMetrics }: StatusServerOptions): void {
  server.get('/stats/prometheus', async (request, reply) => {
    const headers = singleHeaders(request);
    const { contentType, body } = await mergedMetrics(headers);
    reply.header('content-type', contentType);
    if (!acceptsGzip(headers['accept-encoding'])) return reply.send(body);
    return reply.header('content-encoding', 'gzip').send(await compress(body));
  });
}

const compress = promisify(gzip);

function acceptsGzip(accepted = ''): boolean {
  return accepted
    .split(',')
    .some((coding) => /^gzip(;q=(1|0\.\d*[1-9]).*)?$/.test(coding.replaceAll(' ', '')));
}

function addProbes(server: FastifyInstance, { probes, applicationAddress }: StatusServerOptions): void {
  for (const prefix of ['/app-health/*', '/app-lifecycle/*']) {
    server.get(prefix, async (request, reply) => {
      const probe = probes.get(request.url);
      if (probe === undefined) return reply.code(404).send(`there is no probe ${request.url}`);
      return reply.code(await runProbe(probe, applicationAddress, singleHeaders(request))).send();
    });
  }
}

function addQuit(server: FastifyInstance, { onQuit }: StatusServerOptions): void {
  server.all('/quitquitquit', async (request, reply) => {
    if (!isLoopback(request.ip))
      return reply.code(403).send('only callers on this machine may end the agent');
    if (request.method !== 'POST') return reply.code(405).send('use POST');
    onQuit();
    return reply.code(200).send('ok');
  });
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

function singleHeaders({ headers }: FastifyRequest): Headers {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  return Object.fromEntries(entries) as Headers;
}
