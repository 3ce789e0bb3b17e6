import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { Server } from 'node:net';

import { createRootMaterial } from '@istio-ts/pki';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../system-clock.js';
import { requestProbe } from './probe-request.js';

async function selfSigned(): Promise<TlsOptions> {
  const { certificatePem: cert, keyPem: key } = await createRootMaterial('probe.test', systemClock);
  return { cert, key };
}

async function listen(server: Server): Promise<URL> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return new URL(`https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/healthy?x=1`);
}

const probe = { headers: { host: 'shop.test', 'x-mine': '1' }, timeoutMs: 2000, address: '127.0.0.1' };

describe('a probe over TLS', () => {
  it.each([false, true])(
    'is HTTP/2 where the application offers it (HTTP/1.1 too: %s)',
    async (allowHTTP1) => {
      const seen: unknown[] = [];
      const server = createSecureServer({ ...(await selfSigned()), allowHTTP1 }, (request, response) => {
        const { httpVersion, url, headers } = request;
        seen.push(httpVersion, url, headers[':authority'], headers['x-mine']);
        response.writeHead(302, { location: '/there' }).end();
      });
      expect(await requestProbe(await listen(server), probe)).toEqual({ status: 302, location: '/there' });
      expect(seen).toEqual(['2.0', '/healthy?x=1', 'shop.test', '1']);
    },
  );

  it('is HTTP/1.1 where the application offers nothing', async () => {
    const seen: unknown[] = [];
    const server = createHttpsServer(await selfSigned(), ({ httpVersion, url, headers }, response) => {
      seen.push(httpVersion, url, headers.host, headers['x-mine']);
      response.writeHead(204).end();
    });
    expect(await requestProbe(await listen(server), probe)).toEqual({ status: 204, location: undefined });
    expect(seen).toEqual(['1.1', '/healthy?x=1', 'shop.test', '1']);
  });

  it('fails where the application answers nothing in time, or knows neither version', async () => {
    const silent = createSecureServer(await selfSigned(), () => undefined);
    const strange = createTlsServer({ ...(await selfSigned()), ALPNProtocols: ['foo'] });
    const failed = { status: 500, location: undefined };
    expect(await requestProbe(await listen(silent), { ...probe, timeoutMs: 100 })).toEqual(failed);
    expect(await requestProbe(await listen(strange), probe)).toEqual(failed);
  });
});
