import fastify from 'fastify';
import { callService } from './call-service.js';
import { forwardedHeaders } from './forwarded-headers.js';
import { localUsers } from './forum/local-users.js';
import { log, serve } from './serve.js';
import { listenAddress } from './settings.js';

const publicUsers = new URL('http://jsonplaceholder.typicode.com/users');
const answersLocally = process.env['LOCAL_USERS'] === 'true';

const app = fastify();
app.get('/api/healthz', (_request, reply) => reply.type('text/plain').send('Healthy!'));
app.get('/api/users', async (request, reply) => {
  if (answersLocally) return localUsers;
  const answer = await callService(publicUsers, { headers: forwardedHeaders(request.headers) }).catch(
    () => undefined,
  );
  log(`GET ${publicUsers.href} ${answer?.status ?? 'no answer'}`);
  if (answer?.status !== 200)
    return reply.code(500).type('text/plain').send('error calling the users service');
  return reply.type('application/json').send(answer.body);
});
await serve(app, listenAddress(8080));
