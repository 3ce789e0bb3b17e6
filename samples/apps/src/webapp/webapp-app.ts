import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ServiceAnswer, ServiceCall } from '../call-service.js';
import { forwardedHeaders } from '../forwarded-headers.js';
import { renderPage } from './page.js';

export interface WebappOptions {
  /** Base URLs of the services behind the webapp. */
  readonly catalog: string;
  readonly forum: string;
  readonly call: (url: URL, call?: ServiceCall) => Promise<ServiceAnswer>;
  readonly log: (line: string) => void;
}

/** One outgoing call on behalf of an incoming request: its tracing and cohort headers travel along. */
type Backend = (request: FastifyRequest, path: string, call?: ServiceCall) => Promise<ServiceAnswer>;

/** The store's front: a page at `/`, and an API that passes on what catalog and forum answer. */
export function createWebapp({ catalog, forum, call, log }: WebappOptions): FastifyInstance {
  const app = fastify();
  const backend =
    (base: string, name: string): Backend =>
    async (request, path, { method, body, headers } = {}) => {
      const answer = await call(new URL(path, base), {
        ...(method && { method }),
        ...(body !== undefined && { body }),
        headers: { ...forwardedHeaders(request.headers), ...headers },
      }).catch((cause: unknown) => unreachable(cause));
      if (answer.status >= 400) log(`${name} ${path}: ${answer.status} ${answer.body.slice(0, 200)}`);
      return answer;
    };
  app.addHook('onResponse', (request, reply, done) => {
    log(`${request.method} ${request.url} ${reply.statusCode} ${reply.elapsedTime.toFixed(3)} ms`);
    done();
  });
  app.get('/api/healthz', (_request, reply) => reply.type('text/plain').send('Healthy!'));
  addCatalogApi(app, backend(catalog, 'catalog'));
  addForumApi(app, backend(forum, 'forum'));
  addPage(app, backend(catalog, 'catalog'), backend(forum, 'forum'));
  return app;
}

function addCatalogApi(app: FastifyInstance, catalog: Backend): void {
  app.get('/api/catalog', async (request, reply) =>
    passOn(reply, await catalog(request, '/items'), 'Catalog'),
  );
  app.get<{ Params: { id: string } }>('/api/catalog/items/:id', async (request, reply) =>
    passOn(reply, await catalog(request, `/items/${encodeURIComponent(request.params.id)}`), 'Catalog'),
  );
  app.post('/api/catalog/items', async (request, reply) => {
    if (!isNewItem(request.body)) return reply.code(400).type('text/plain').send('Invalid CatalogItem');
    const body = JSON.stringify(request.body);
    const answer = await catalog(request, '/items', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    return passOn(reply, answer.status < 400 ? { ...answer, body: 'null' } : answer, 'Catalog');
  });
}

function addForumApi(app: FastifyInstance, forum: Backend): void {
  app.get('/api/users', async (request, reply) => passOn(reply, await forum(request, '/api/users'), 'Forum'));
}

function addPage(app: FastifyInstance, catalog: Backend, forum: Backend): void {
  app.get('/', async (request, reply) => {
    const [items, users] = await Promise.all([catalog(request, '/items'), forum(request, '/api/users')]);
    return reply
      .type('text/html; charset=utf-8')
      .send(renderPage({ items: rows(items), users: rows(users) }));
  });
}

function passOn(reply: FastifyReply, answer: ServiceAnswer, service: string): FastifyReply {
  if (answer.status === 404) return reply.code(404).type('application/json').send('{}');
  if (answer.status >= 400)
    return reply.code(500).type('text/plain').send(`error calling ${service} service`);
  return reply.type('application/json').send(answer.body);
}

/** The rows of a list answer, or nothing where the service is not available. */
function rows(answer: ServiceAnswer): readonly Readonly<Record<string, unknown>>[] | undefined {
  if (answer.status !== 200) return undefined;
  const parsed: unknown = JSON.parse(answer.body);
  return Array.isArray(parsed) ? (parsed as readonly Readonly<Record<string, unknown>>[]) : undefined;
}

function isNewItem(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string';
}

function unreachable(cause: unknown): ServiceAnswer {
  return { status: 503, headers: {}, body: cause instanceof Error ? cause.message : String(cause) };
}
