import { request } from 'node:http';
import { MeshError } from '@istio-ts/foundation';

/** An HTTP server on loopback: Envoy's admin interface, or the agent's own. */
export interface HttpEndpoint {
  readonly host: string;
  readonly port: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

export interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** A longer body is not read to its end, and fails the call. */
  readonly mostBytes?: number;
}

/** One request without a client library's habits: no redirects, no keep-alive. Throws a MeshError where nobody answers. */
export function callHttp({ host, port }: HttpEndpoint, call: HttpCall): Promise<HttpAnswer> {
  const { method, path, headers, body, timeoutMs, mostBytes = Infinity } = call;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void =>
      reject(MeshError.from(error, `${method} http://${host}:${port}${path} was not answered`));
    const outgoing = request(
      { host, port, method, path, headers, agent: false, timeout: timeoutMs },
      (incoming) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        incoming.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= mostBytes) chunks.push(chunk);
          else incoming.destroy(new Error(`the answer is longer than ${mostBytes} bytes`));
        });
        incoming.on('error', fail);
        incoming.on('end', () => {
          const answer = {
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks),
          };
          resolve(answer);
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
