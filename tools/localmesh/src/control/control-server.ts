import { chmod, mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { explainFailure } from '../platform/explain-failure.js';
import type { Deployer } from '../deploy/deployer.js';
import { runExecSession } from './exec-session.js';
import type { Operations } from './operations.js';
import { openPodPort, type PodPorts } from './pod-ports.js';

export interface ControlServerOptions {
  readonly socket: string;
  readonly operations: Operations;
  readonly deployer: Deployer;
  readonly podPorts: PodPorts;
  /** What the control plane has to say about the configuration in force. */
  readonly issues: () => Promise<unknown>;
}

interface Query {
  readonly kinds?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly file?: string;
}

/** Serves the command line over a Unix socket that only its owner may open. */
export async function runControlServer(options: ControlServerOptions, signal: AbortSignal): Promise<void> {
  const app = fastify({ bodyLimit: 64 << 20 });
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((thrown, _request, reply) => {
    const { message, code } = explainFailure(thrown, options.podPorts.data);
    return reply.code(code === MeshErrorCode.Usage ? 400 : 500).send({ message });
  });
  addRoutes(app, options);
  app.server.on(
    'upgrade',
    (request: IncomingMessage, connection: Duplex) => void exec(options, request, connection),
  );
  await mkdir(dirname(options.socket), { recursive: true });
  await rm(options.socket, { force: true });
  await app.listen({ path: options.socket });
  await chmod(options.socket, 0o600);
  signal.addEventListener('abort', () => void app.close());
}

function addRoutes(app: FastifyInstance, options: ControlServerOptions): void {
  const { operations, deployer, podPorts, issues } = options;
  app.post<{ Querystring: Query }>('/deploy', ({ query }) => deployer.deploy(query.name ?? ''));
  app.get<{ Querystring: Query }>('/objects', ({ query }) =>
    operations.get({ ...query, kinds: query.kinds ?? '' }),
  );
  app.put<{ Querystring: Query }>('/manifest', ({ query, body }) =>
    operations.apply(String(body), query.file ?? 'input', query.namespace ?? 'default'),
  );
  app.delete<{ Querystring: Query }>('/objects', ({ query }) =>
    operations.delete({ ...query, kinds: query.kinds ?? '', namespace: query.namespace ?? 'default' }),
  );
  app.post<{ Querystring: Query }>('/delete-manifest', ({ query, body }) =>
    operations.deleteManifest(String(body), query.file ?? 'input', query.namespace ?? 'default'),
  );
  app.post<{ Querystring: Query }>('/namespaces', ({ query }) =>
    operations.createNamespace(query.name ?? ''),
  );
  app.post<{ Querystring: Query & { readonly change?: string | readonly string[] } }>(
    '/labels',
    ({ query }) =>
      operations.label(
        { ...query, kinds: query.kinds ?? '', namespace: query.namespace ?? 'default' },
        [query.change ?? []].flat(),
      ),
  );
  app.post<{ Querystring: Query & { readonly replicas?: string } }>('/scale', ({ query }) =>
    operations.scale(query.namespace ?? 'default', query.name ?? '', Number(query.replicas)),
  );
  app.get('/pods', () => operations.pods());
  app.get('/issues', () => issues());
  app.get<{ Querystring: PodQuery }>('/log', ({ query }) => {
    const pod = operations.findPod(query.pod ?? '', query.namespace ?? 'default');
    const container = pod.container(query.container);
    if (container !== undefined) return { file: container.logFile };
    throw new MeshError(
      MeshErrorCode.Usage,
      `pod ${pod.identity.name} has no container "${query.container ?? ''}"`,
    );
  });
  app.post<{ Querystring: PodQuery & { readonly port?: string } }>('/pod-ports', async ({ query }) => {
    const pod = operations.findPod(query.pod ?? '', query.namespace ?? 'default');
    return { path: await openPodPort(podPorts, pod, Number(query.port)) };
  });
}

interface PodQuery {
  readonly pod?: string;
  readonly namespace?: string;
  readonly container?: string;
}

async function exec(
  { operations }: ControlServerOptions,
  request: IncomingMessage,
  connection: Duplex,
): Promise<void> {
  const query = new URL(request.url ?? '/', 'http://mesh').searchParams;
  try {
    const pod = operations.findPod(query.get('pod') ?? '', query.get('namespace') ?? 'default');
    const command = pod.exec(query.getAll('argument'), query.get('container') ?? undefined);
    connection.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: localmesh-exec\r\n\r\n',
    );
    await runExecSession(connection, command);
  } catch (thrown) {
    const body = JSON.stringify({ message: MeshError.from(thrown).message });
    connection.end(`HTTP/1.1 400 Bad Request\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
}
