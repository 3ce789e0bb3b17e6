import { once } from 'node:events';
import { request as requestHttp, type ClientRequest, type RequestOptions } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { probeSource } from './probe-source.js';

export interface ProbeRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** The pod's address, where it is the pod that is probed. */
  readonly address: string | undefined;
}

export interface ProbeAnswer {
  readonly status: number;
  readonly location: string | undefined;
}

/** One GET, over HTTP/2 where TLS leads to it. An application that does not answer in time answers 500. */
export async function requestProbe(target: URL, probe: ProbeRequest): Promise<ProbeAnswer> {
  const options = { timeout: probe.timeoutMs, headers: { ...probe.headers, connection: 'close' } };
  try {
    if (target.protocol !== 'https:')
      return await answerTo(requestHttp(target, { ...options, ...sourceOf(probe), agent: false }));
    const socket = await openTls(target, probe);
    if (socket.alpnProtocol === 'h2') return await requestOverHttp2(socket, target, probe);
    const connected: RequestOptions = { ...options, createConnection: () => socket };
    return await answerTo(requestHttps(target, connected));
  } catch {
    return { status: 500, location: undefined };
  }
}

function sourceOf({ address }: ProbeRequest): ReturnType<typeof probeSource> {
  return address === undefined ? {} : probeSource(address);
}

/** The kubelet does not verify the certificates of probes either. */
async function openTls(target: URL, probe: ProbeRequest): Promise<TLSSocket> {
  const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
  const socket = connectTls({
    host,
    port: Number(target.port || 443),
    servername: isIP(host) === 0 ? host : '',
    ALPNProtocols: ['h2', 'http/1.1'],
    rejectUnauthorized: false,
    timeout: probe.timeoutMs,
    ...sourceOf(probe),
  });
  socket.on('timeout', () => socket.destroy(new Error('timeout')));
  await once(socket, 'secureConnect');
  return socket;
}

function answerTo(outgoing: ClientRequest): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    outgoing.on('response', (incoming) => {
      incoming.resume();
      resolve({ status: incoming.statusCode ?? 500, location: incoming.headers.location });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}

async function requestOverHttp2(
  socket: TLSSocket,
  target: URL,
  { headers: { host = target.host, ...headers } }: ProbeRequest,
): Promise<ProbeAnswer> {
  const session = connectHttp2(target, { createConnection: () => socket });
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject);
      const path = `${target.pathname}${target.search}`;
      const stream = session.request({ ...headers, ':path': path, ':authority': host });
      stream.on('error', reject);
      stream.on('close', () => reject(new Error('no answer')));
      stream.on('response', (answer) => {
        const { location } = answer;
        resolve({ status: answer[':status'] ?? 500, location });
      });
      stream.resume().end();
    });
  } finally {
    session.destroy();
  }
}
