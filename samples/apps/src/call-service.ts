import {
  Agent,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';

/** What a called service answered. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ServiceCall {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const keepAlive = new Agent({ keepAlive: true });

/**
 * Calls `http://host:port/path`. Goes by the proxy of `http_proxy` where that is set, as programs do by convention: where
 * nothing captures the traffic, this is how a call enters the sidecar. Rejects when there is no HTTP answer.
 */
export function callService(url: URL, call: ServiceCall = {}): Promise<ServiceAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(target(url, call), (answer) => {
      readAll(answer).then(
        (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(call.body);
  });
}

function target(url: URL, { method = 'GET', headers = {} }: ServiceCall): RequestOptions {
  const proxy = process.env['http_proxy'];
  const path = `${url.pathname}${url.search}`;
  if (proxy === undefined)
    return { agent: keepAlive, host: url.hostname, port: url.port, path, method, headers };
  const { hostname, port } = new URL(proxy);
  return {
    agent: keepAlive,
    host: hostname,
    port,
    path: url.href,
    method,
    headers: { ...headers, host: url.host },
  };
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
