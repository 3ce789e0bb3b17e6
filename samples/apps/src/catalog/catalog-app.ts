import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { BlowUp } from './blow-up.js';
import { ItemList, type Item } from './items.js';

export interface CatalogOptions {
  readonly withImages: boolean;
  readonly log: (line: string) => void;
  readonly blowUp?: BlowUp;
}

/** The catalog service: `/items`, `/items/:id`, and the fault switch `/blowup`. */
export function createCatalog({ withImages, log, blowUp = new BlowUp() }: CatalogOptions): FastifyInstance {
  const app = fastify();
  const items = new ItemList(withImages);
  app.addHook('onRequest', (request, reply) => applyBlowUp(blowUp, request, reply));
  app.addHook('onResponse', (request, reply, done) => {
    log(accessLine(request, reply));
    done();
  });
  addItems(app, items);
  app.get('/blowup', () => blowUp.setting);
  app.post('/blowup', (request) => {
    blowUp.set(request.body);
    return 'blowups=[object Object]';
  });
  app.delete('/blowup', () => {
    blowUp.clear();
    return 'blowups=[object Object]';
  });
  return app;
}

function addItems(app: FastifyInstance, items: ItemList): void {
  app.get('/items', (_request, reply) => sendJson(reply, items.all()));
  app.get<{ Params: { id: string } }>('/items/:id', (request, reply) => {
    const item = items.find(Number(request.params.id));
    return item === undefined ? sendJson(reply.code(404), {}) : sendJson(reply, item);
  });
  app.post<{ Body: Omit<Item, 'id'> }>('/items', (request, reply) =>
    sendJson(reply.code(201), items.add(request.body)),
  );
}

/** Two spaces of indentation: the sizes of the answers are part of the sample's contract. */
function sendJson(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(value, undefined, 2));
}

async function applyBlowUp(blowUp: BlowUp, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const effect = blowUp.effectOn(request.url);
  switch (effect.kind) {
    case 'none':
      return undefined;
    case 'delay':
      return new Promise((resolve) => setTimeout(resolve, effect.delayMs));
    case 'drop':
      reply.hijack();
      request.raw.socket.destroy();
      return undefined;
    case 'status':
      return reply.code(effect.status).type('text/plain').send('blow up');
  }
}

/** `GET catalog.istioinaction:80 /items 200 502 - 2.363 ms`: host and length tell versions and mirrored calls apart. */
function accessLine(request: FastifyRequest, reply: FastifyReply): string {
  const host = request.headers.host ?? '-';
  const length = String(reply.getHeader('content-length') ?? '-');
  return `${request.method} ${host} ${request.url} ${reply.statusCode} ${length} - ${reply.elapsedTime.toFixed(3)} ms`;
}
