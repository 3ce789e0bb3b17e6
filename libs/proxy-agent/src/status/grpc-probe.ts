import { Client, credentials } from '@grpc/grpc-js';

export interface GrpcProbe {
  readonly kind: 'grpc';
  readonly port: number;
  /** '' asks for the server as a whole. */
  readonly service: string;
  readonly timeoutMs: number;
}

const check = '/grpc.health.v1.Health/Check';
const serving = 1;

/** Asks the application's gRPC health service; 200 where it serves, 500 for every other answer and for none. */
export function probeGrpc({ port, service, timeoutMs }: GrpcProbe, address: string): Promise<number> {
  const host = address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
  const client = new Client(`${host}:${port}`, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
  });
  const deadline = Date.now() + timeoutMs;
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      check,
      encodeRequest,
      decodeStatus,
      { service },
      { deadline },
      (error, status) => {
        client.close();
        resolve(error === null && status === serving ? 200 : 500);
      },
    );
  });
}

/** HealthCheckRequest: field 1 is the service. */
function encodeRequest({ service }: { readonly service: string }): Buffer {
  const name = Buffer.from(service);
  if (name.length === 0) return name;
  return Buffer.concat([Buffer.from([0x0a, ...lengthOf(name)]), name]);
}

function lengthOf({ length }: Buffer): readonly number[] {
  return length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
}

/** HealthCheckResponse: field 1 is the status, which fits into one byte; an empty message is UNKNOWN. */
function decodeStatus(bytes: Buffer): number {
  return bytes[0] === 0x08 ? (bytes[1] ?? 0) : 0;
}
