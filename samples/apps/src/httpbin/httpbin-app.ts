import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

/** The part of httpbin that service-mesh walk-throughs use: requests are echoed, statuses and delays made to order. */
export function createHttpbin(log: (line: string) => void): FastifyInstance {
  const app = fastify();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addHook('onResponse', (request, reply, done) => {
    log(`${request.method} ${request.url} ${reply.statusCode}`);
    done();
  });
  app.get('/', (_request, reply) => reply.type('text/html').send('<h1>httpbin</h1>'));
  app.get('/headers', (request) => ({ headers: sentHeaders(request) }));
  app.get('/ip', (request) => ({ origin: origin(request) }));
  app.get('/user-agent', (request) => ({ 'user-agent': request.headers['user-agent'] ?? null }));
  app.get('/uuid', () => ({ uuid: randomUUID() }));
  app.get('/get', (request) => echo(request));
  app.post('/post', (request) => echo(request));
  app.put('/put', (request) => echo(request));
  app.delete('/delete', (request) => echo(request));
  app.all('/anything', (request) => ({ ...echo(request), method: request.method }));
  app.all('/anything/*', (request) => ({ ...echo(request), method: request.method }));
  addMadeToOrder(app);
  return app;
}

function addMadeToOrder(app: FastifyInstance): void {
  app.all<{ Params: { code: string } }>('/status/:code', (request, reply) => {
    const choices = request.params.code.split(',').map(Number);
    const code = choices[Math.floor(Math.random() * choices.length)] ?? Number.NaN;
    const valid = Number.isInteger(code) && code >= 200 && code <= 599;
    return valid ? reply.code(code).send() : reply.code(400).type('text/plain').send('Invalid status code');
  });
  app.all<{ Params: { seconds: string } }>('/delay/:seconds', async (request) => {
    await sleep(Math.min(Number(request.params.seconds) || 0, 10) * 1000);
    return echo(request);
  });
  app.get<{ Params: { count: string } }>('/bytes/:count', (request, reply) =>
    reply
      .type('application/octet-stream')
      .send(Buffer.alloc(Math.min(Number(request.params.count) || 0, 102_400))),
  );
  app.get<{ Querystring: Record<string, string> }>('/response-headers', (request, reply) => {
    for (const [name, value] of Object.entries(request.query)) reply.header(name, value);
    return request.query;
  });
}

function echo(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const body = request.body;
  return {
    args: request.query,
    headers: sentHeaders(request),
    origin: origin(request),
    url: `${request.protocol}://${request.headers.host ?? ''}${request.url}`,
    ...(body !== undefined && { data: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(typeof body === 'object' && { json: body }),
  };
}

/** Header names capitalised, as httpbin shows them. */
function sentHeaders(request: FastifyRequest): Readonly<Record<string, string>> {
  const spelled = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [spelled(name), String(value)]),
  );
}

function origin(request: FastifyRequest): string {
  const forwarded = request.headers['x-forwarded-for'];
  return typeof forwarded === 'string' ? forwarded : request.ip;
}
