import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import tls from 'node:tls';
import { expect, it } from 'vitest';
import { emittedCluster, emittedListener, emittedRoutes } from './testing/emitted.js';
import { repository, runEnvoy } from './testing/envoy-process.js';
import { withRoutes } from './testing/inline-routes.js';
import { outboundClusterIr, outboundListenerIr, routeConfigIr } from './testing/ir.js';
import { freePorts, listening } from './testing/local-servers.js';

const dynamicDns = { kind: 'dynamic-dns', refreshMs: 60_000 } as const;

it('a request reaches the host that it names, over a cluster that knows no host', async () => {
  const application = await listening(
    http.createServer((request, response) => response.end(`here is ${String(request.headers.host)}`)),
  );
  const [port = 0] = await freePorts(1);
  const chains = [{ kind: 'http', routeConfig: '80', dynamicDns: true } as const];
  const listener = emittedListener(outboundListenerIr({ bind: '127.0.0.1', port, bindToPort: true, chains }));
  const routes = emittedRoutes(routeConfigIr([], { catchAll: { kind: 'allow-any-dynamic-dns' } }));
  await runEnvoy(
    {
      clusters: [emittedCluster({ ...dynamicDns, connectTimeoutMs: 1000, tls: { kind: 'plain' } })],
      listeners: [withRoutes(listener, routes)],
    },
    port,
  );
  const host = `localhost:${application}`;
  expect(await get(port, host)).toBe(`here is ${host}`);
});

it('a TLS connection reaches the host that it asks for, without being opened', async () => {
  const testdata = (name: string) => readFile(join(repository, 'libs/envoy-config/testdata/tls', name));
  const [cert, key] = await Promise.all([testdata('workload.pem'), testdata('workload-key.pem')]);
  const application = await listening(tls.createServer({ cert, key }, (socket) => socket.end('inside TLS')));
  const [port = 0] = await freePorts(1);
  const cluster = outboundClusterIr({ host: '*.example', discovery: dynamicDns, tls: { kind: 'plain' } });
  const { name } = emittedCluster(cluster);
  const route = {
    statPrefix: name,
    destinations: [{ cluster: name, weight: 1 }],
    idleTimeoutMs: undefined,
    dynamicDnsPort: application,
    origin: undefined,
  };
  const chains = [{ kind: 'tcp', match: { destinations: [], serverNames: ['localhost'] }, route } as const];
  const listener = outboundListenerIr({ bind: '127.0.0.1', port, bindToPort: true, chains });
  const passthrough = { kind: 'passthrough', connectTimeoutMs: 1000 } as const;
  await runEnvoy(
    {
      clusters: [emittedCluster(cluster), emittedCluster(passthrough)],
      listeners: [emittedListener(listener)],
    },
    port,
  );
  const socket = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false });
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(bytes.toString()).toBe('inside TLS');
});

async function get(port: number, host: string): Promise<string> {
  const request = http.get({ port, host: '127.0.0.1', headers: { host } });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}
