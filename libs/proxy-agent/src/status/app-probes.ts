import { connect } from 'node:net';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { probeGrpc, type GrpcProbe } from './grpc-probe.js';
import { isObject, numberField, stringField } from '../pod/proxy-config.js';

/** An application's original probe, which the kubelet asks the agent for: through the proxy it could not authenticate. */
export type AppProbe = HttpProbe | TcpProbe | GrpcProbe;

interface HttpProbe {
  readonly kind: 'http';
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly host: string | undefined;
  readonly port: number;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly timeoutMs: number;
}

interface TcpProbe {
  readonly kind: 'tcp';
  readonly port: number;
  readonly timeoutMs: number;
}

export type AppProbes = ReadonlyMap<string, AppProbe>;

const pathForm = /^\/app-(health|lifecycle)\/[^/]+\/(livez|readyz|startupz|prestopz|poststartz)$/;

/**
 * Reads `ISTIO_KUBE_APP_PROBERS`: probes by the path that the agent answers, `/app-health/<container>/readyz`. Throws a
 * MeshError that names the entry that cannot be read.
 */
export function readAppProbes(text: string | undefined): AppProbes {
  const table = text === undefined || text === '' ? {} : readJson(text);
  return new Map(Object.entries(table).map(([path, probe]) => [path, readProbe(path, probe)]));
}

/** Probes the application at `address`; the HTTP status to answer with. */
export function runProbe(
  probe: AppProbe,
  address: string,
  callerHeaders: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  switch (probe.kind) {
    case 'tcp':
      return probeTcp(probe, address);
    case 'grpc':
      return probeGrpc(probe, address);
    case 'http':
      return probeHttp(probe, address, callerHeaders);
  }
}

function readProbe(path: string, probe: JsonValue): AppProbe {
  if (!pathForm.test(path)) refuse(`${path} is not of the form /app-health/<container>/readyz`);
  if (!isObject(probe)) refuse(`${path} is not an object`);
  const timeoutMs = (numberField(probe, 'timeoutSeconds') ?? 1) * 1000;
  const { httpGet: http, tcpSocket: tcp, grpc = probe['gRPC'] } = probe;
  const handlers = [http, tcp, grpc].filter(isObject);
  if (handlers.length > 1) refuse(`${path} must be one of type httpGet, tcpSocket or gRPC`);
  if (isObject(http)) return readHttpProbe(path, http, timeoutMs);
  if (isObject(tcp)) return { kind: 'tcp', port: readPort(path, tcp), timeoutMs };
  if (!isObject(grpc))
    return refuse(`${path} has an invalid prober type: expected httpGet, tcpSocket or grpc`);
  const service = stringField(grpc, 'service') ?? '';
  return { kind: 'grpc', port: readPort(path, grpc), service, timeoutMs };
}

function readHttpProbe(path: string, http: JsonObject, timeoutMs: number): HttpProbe {
  const headers = Array.isArray(http['httpHeaders']) ? http['httpHeaders'] : [];
  const target = stringField(http, 'path') ?? '/';
  return {
    kind: 'http',
    scheme: http['scheme'] === 'HTTPS' ? 'HTTPS' : 'HTTP',
    host: stringField(http, 'host'),
    port: readPort(path, http),
    path: target.startsWith('/') ? target : `/${target}`,
    headers: headers
      .filter(isObject)
      .map((header) => [stringField(header, 'name') ?? '', stringField(header, 'value') ?? ''] as const),
    timeoutMs,
  };
}

function readPort(path: string, handler: JsonObject): number {
  return (
    numberField(handler, 'port') ??
    refuse(`${path} has a port that must be int type (names are resolved before)`)
  );
}

/** Capture rules leave what comes from here alone, so that a probe reaches the application and not the proxy's inbound port. */
const probeSource = '127.0.0.6';
const mostRedirects = 10;

function localAddress(address: string): { readonly localAddress?: string; readonly family?: 4 } {
  return address.includes(':') ? {} : { localAddress: probeSource, family: 4 };
}

function probeTcp({ port, timeoutMs }: TcpProbe, address: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: timeoutMs, ...localAddress(address) });
    const finish = (status: number): void => {
      socket.destroy();
      resolve(status);
    };
    socket.on('connect', () => finish(200));
    socket.on('timeout', () => finish(500));
    socket.on('error', () => finish(500));
  });
}

/**
 * As the kubelet probes: redirects within the host are followed, one to another host is success. The caller is the kubelet,
 * which was told the probe's headers and sends them, so they are handed on; only the host's name is taken from the probe.
 */
async function probeHttp(
  probe: HttpProbe,
  address: string,
  callerHeaders: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  let target = new URL(
    `${probe.scheme.toLowerCase()}://${hostOf(probe, address)}:${probe.port}${probe.path}`,
  );
  const headers = headersFor(probe, callerHeaders);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const { status, location } = await request(target, { probe, address, headers });
    if (status < 300 || status >= 400) return status;
    const next = location === undefined || !isFollowed(status) ? undefined : new URL(location, target);
    if (next?.host !== target.host) return 200;
    target = next;
  }
  return 500;
}

function hostOf({ host }: HttpProbe, address: string): string {
  const name = host ?? address;
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}

function isFollowed(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Of the caller's connection, or written anew for the one to the application. */
const ownHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'host']);

function headersFor(
  { headers }: HttpProbe,
  caller: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const passed = Object.entries(caller).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ownHeaders.has(entry[0]),
  );
  const host = headers.find(([name]) => name.toLowerCase() === 'host');
  return { ...Object.fromEntries(passed), ...(host && { host: host[1] }), connection: 'close' };
}

interface HttpAttempt {
  readonly probe: HttpProbe;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

function request(
  target: URL,
  { probe, address, headers }: HttpAttempt,
): Promise<{ readonly status: number; readonly location: string | undefined }> {
  const options: RequestOptions = {
    agent: false,
    timeout: probe.timeoutMs,
    headers,
    ...(probe.host === undefined && localAddress(address)),
  };
  return new Promise((resolve) => {
    const fail = (): void => resolve({ status: 500, location: undefined });
    // The kubelet does not verify the certificates of probes either.
    const outgoing =
      target.protocol === 'https:'
        ? requestHttps(target, { ...options, rejectUnauthorized: false })
        : requestHttp(target, options);
    outgoing.on('response', (incoming) => {
      incoming.resume();
      resolve({ status: incoming.statusCode ?? 500, location: incoming.headers.location });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.on('error', fail);
    outgoing.end();
  });
}

function readJson(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (isObject(value)) return value;
  } catch {
    // Falls through to the refusal: what is not JSON and what is not an object get the same words.
  }
  return refuse('failed to decode it as a JSON object');
}

function refuse(reason: string): never {
  throw new MeshError(MeshErrorCode.Usage, `ISTIO_KUBE_APP_PROBERS cannot be used: ${reason}`);
}
