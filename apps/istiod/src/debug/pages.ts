import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Issue } from '@istio-ts/foundation';
import type { AdsStream } from '../ads/ads-stream.js';
import type { MeshState } from '../push/mesh-state.js';
import type { PrometheusMetrics } from '../telemetry/prometheus.js';
import { istioApiLevel, ownVersion } from '../version.js';
import type { ChangeFeed } from './change-feed.js';
import { configDump } from './config-dump.js';
import { checkDebugAccess, type DebugAccess } from './debug-access.js';
import { configPage, endpointPage, registryPage } from './mesh-pages.js';
import { connectionStatus, syncStatus } from './sync-status.js';

export interface PageSources {
  readonly mesh: MeshState;
  readonly streams: () => readonly AdsStream[];
  readonly issues: () => readonly Issue[];
  /** Resolves when `issues` are those of the newest changes, at the latest after a while. */
  readonly analysed: () => Promise<void>;
  readonly changes: ChangeFeed;
  readonly metrics: PrometheusMetrics;
  readonly rootPem: string;
  /** What is still missing for readiness; undefined when nothing is. */
  readonly notReady: () => string | undefined;
  readonly pushAgain: () => number;
  readonly access: DebugAccess;
  readonly debugOnHttp: boolean;
}

type Query = Readonly<Record<string, string | undefined>>;
type Page = (query: Query, reply: FastifyReply) => unknown;

/** Pages of both HTTP servers: readiness, version, metrics and, where they are on, `/debug/…`. */
export function registerPages(server: FastifyInstance, sources: PageSources): void {
  server.get('/ready', (_request, reply) => {
    const missing = sources.notReady();
    return missing === undefined ? reply.send('ready\n') : reply.code(503).send(`not ready: ${missing}\n`);
  });
  server.get('/version', (_request, reply) => reply.send(`${ownVersion} (Istio ${istioApiLevel})\n`));
  server.get('/metrics', async (_request, reply) =>
    reply.type(sources.metrics.contentType).send(await sources.metrics.render()),
  );
  if (sources.debugOnHttp) registerDebugPages(server, sources);
}

function registerDebugPages(server: FastifyInstance, sources: PageSources): void {
  server.addHook('onRequest', async (request: FastifyRequest, reply) => {
    if (request.url.startsWith('/debug')) await checkDebugAccess(request, reply, sources.access);
  });
  const pages = debugPages(sources);
  for (const [name, page] of Object.entries(pages)) {
    server.get(`/debug/${name}`, async (request, reply) =>
      reply.send(await page(request.query as Query, reply)),
    );
  }
  sources.changes.serve(server, '/debug/changes');
  const names = [...Object.keys(pages), 'changes'].sort();
  server.get('/debug', (_request, reply) => reply.send(names.map((name) => `/debug/${name}`)));
  server.get('/debug/list', (_request, reply) => reply.send(names));
}

function debugPages(sources: PageSources): Readonly<Record<string, Page>> {
  const { mesh, streams } = sources;
  const connections = (): unknown => ({
    totalClients: streams().length,
    clients: streams().map(connectionStatus),
  });
  return {
    syncz: () => streams().map(syncStatus),
    connections,
    adsz: ({ push, proxyID }, reply) => {
      if (push === 'true') return `Pushed to ${sources.pushAgain()} servers\n`;
      return proxyID === undefined ? connections() : withProxy(sources, proxyID, reply, connectionStatus);
    },
    config_dump: ({ proxyID }, reply) =>
      withProxy(sources, proxyID, reply, ({ node }) => configDump(mesh.targetsFor(node))),
    configz: () => configPage(mesh.snapshot),
    registryz: () => registryPage(mesh.snapshot),
    endpointz: ({ brief }) => endpointPage(mesh.snapshot, brief !== undefined && brief !== 'false'),
    push_status: () => ({ issues: sources.issues(), settings: mesh.snapshot.settings }),
    issues: async () => {
      await sources.analysed();
      return sources.issues();
    },
    'root-cert': (_query, reply) => {
      void reply.type('application/x-pem-file');
      return sources.rootPem;
    },
  };
}

/** The newest stream of a proxy named `<pod>.<namespace>` (or by its whole node id). */
function withProxy(
  { streams }: PageSources,
  proxyId: string | undefined,
  reply: FastifyReply,
  page: (stream: AdsStream) => unknown,
): unknown {
  if (proxyId === undefined || proxyId === '') {
    void reply.code(400);
    return { error: 'say which proxy: ?proxyID=<pod>.<namespace>' };
  }
  const found = streams().filter(({ name, node }) => name === proxyId || node.id === proxyId);
  const stream = found.at(-1);
  if (stream !== undefined) return page(stream);
  void reply.code(404);
  return { error: `no proxy "${proxyId}" is connected here; /debug/syncz lists those that are` };
}
