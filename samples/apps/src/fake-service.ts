import { readFileSync } from 'node:fs';
import fastify, { type FastifyInstance } from 'fastify';
import { callService } from './call-service.js';
import { readBehaviour } from './fake-service/behaviour.js';
import { addFakeService } from './fake-service/fake-service-app.js';
import { log, serve } from './serve.js';
import { listenAddress } from './settings.js';

/** The application speaks TLS itself where a certificate is given. */
function createServer(): FastifyInstance {
  const certificate = process.env['TLS_CERT_LOCATION'];
  const key = process.env['TLS_KEY_LOCATION'];
  if (certificate === undefined || key === undefined) return fastify();
  const https = { cert: readFileSync(certificate), key: readFileSync(key) };
  return fastify({ https });
}

const app = createServer();
const upstreams = (process.env['UPSTREAM_URIS'] ?? '').split(',').filter((uri) => uri !== '');
addFakeService(app, { behaviour: readBehaviour(process.env), upstreams, call: callService, log });
await serve(app, listenAddress(9090));
