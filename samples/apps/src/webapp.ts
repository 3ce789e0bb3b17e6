import { callService } from './call-service.js';
import { log, serve } from './serve.js';
import { listenAddress } from './settings.js';
import { createWebapp } from './webapp/webapp-app.js';

function serviceUrl(name: string): string {
  const variable = `${name.toUpperCase()}_SERVICE`;
  return `http://${process.env[`${variable}_HOST`] ?? name}:${process.env[`${variable}_PORT`] ?? '80'}`;
}

const webapp = createWebapp({
  catalog: serviceUrl('catalog'),
  forum: serviceUrl('forum'),
  call: callService,
  log,
});
await serve(webapp, listenAddress(8080));
