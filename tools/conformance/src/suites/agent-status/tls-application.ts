import { once } from 'node:events';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTlsServer, type Server, type TlsOptions } from 'node:tls';
import { createKeyPair, issueRoot, renderPrivateKeyPem } from '@istio-ts/pki';
import type { LocalServer } from './local-server.js';

export interface TlsApplication extends LocalServer {
  /** The protocol of the last request, as HTTP names it; null where there was none. */
  readonly protocolSeen: () => string | null;
}

/** An application that takes everything over TLS, and offers these protocols. */
export async function startTlsApplication(alpn: readonly string[]): Promise<TlsApplication> {
  let seen: string | null = null;
  const take = (version: string, response: { end(): unknown }): void => {
    seen = `HTTP/${version}`;
    response.end();
  };
  const server = createTlsListener(alpn, await selfSigned(), take);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { port, close, protocolSeen: () => seen };
}

function createTlsListener(
  alpn: readonly string[],
  identity: TlsOptions,
  take: (version: string, response: { end(): unknown }) => void,
): Server {
  const answer: RequestListener = ({ httpVersion }, response) => take(httpVersion, response);
  if (alpn.length === 0) return createServer(identity, answer);
  if (!alpn.includes('h2')) return createTlsServer({ ...identity, ALPNProtocols: [...alpn] });
  const listen = (request: Http2ServerRequest, response: Http2ServerResponse): void =>
    take(request.httpVersion, response);
  return createSecureServer({ ...identity, allowHTTP1: alpn.includes('http/1.1') }, listen);
}

async function selfSigned(): Promise<TlsOptions> {
  const keyPair = await createKeyPair();
  const now = Date.now();
  const validity = { notBeforeMs: now - 60_000, notAfterMs: now + 3_600_000 };
  const cert = await issueRoot(keyPair, 'application.test', validity);
  return { cert, key: await renderPrivateKeyPem(keyPair) };
}
