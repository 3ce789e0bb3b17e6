import { connect } from 'node:net';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import { probeGrpc, type GrpcProbe } from './grpc-probe.js';
import { probeHttp, type HttpProbe } from './http-probe.js';
import { probeSource } from './probe-source.js';
import { isObject, numberField, stringField } from '../pod/proxy-config.js';

/** An application's original probe, which the kubelet asks the agent for: through the proxy it could not authenticate. */
export type AppProbe = HttpProbe | TcpProbe | GrpcProbe;

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

function probeTcp({ port, timeoutMs }: TcpProbe, address: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: timeoutMs, ...probeSource(address) });
    const finish = (status: number): void => {
      socket.destroy();
      resolve(status);
    };
    socket.on('connect', () => finish(200));
    socket.on('timeout', () => finish(500));
    socket.on('error', () => finish(500));
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
