import { request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { socketPath } from '../control/control-path.js';
import { isRecord, textAt } from '../store/json-record.js';

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface ControlCall {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly query?: Query;
  readonly body?: string;
}

/** Talks to the running mesh of a data folder. */
export class ControlClient {
  readonly #socket: string;

  constructor(private readonly data: string) {
    this.#socket = socketPath(data, 'control');
  }

  /** One call; answers the parsed JSON. A refusal is thrown as a `USAGE` error with the mesh's own words. */
  async call(path: string, { method = 'GET', query = {}, body }: ControlCall = {}): Promise<unknown> {
    const answer = await this.#request({ method, path: withQuery(path, query), body });
    const text = await readAll(answer);
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    if ((answer.statusCode ?? 500) < 400) return parsed;
    throw new MeshError(MeshErrorCode.Usage, textAt(parsed, 'message') ?? text);
  }

  /** Starts a command in a pod; answers the connection that carries its streams. */
  exec(query: Query): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const headers = { connection: 'Upgrade', upgrade: 'localmesh-exec' };
      const asked = request({
        socketPath: this.#socket,
        path: withQuery('/exec', query),
        headers,
        agent: false,
      });
      asked.on('upgrade', (_answer, connection: Duplex, head: Buffer) => {
        if (head.length > 0) connection.unshift(head);
        resolve(connection);
      });
      asked.on('response', (answer) => {
        readAll(answer).then((text) => reject(new MeshError(MeshErrorCode.Usage, messageOf(text))), reject);
      });
      asked.on('error', (cause) => reject(this.#unreachable(cause)));
      asked.end();
    });
  }

  #request(call: {
    readonly method: string;
    readonly path: string;
    readonly body: string | undefined;
  }): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = call.body === undefined ? {} : { 'content-type': 'text/yaml' };
      const asked = request(
        { socketPath: this.#socket, method: call.method, path: call.path, headers, agent: false },
        resolve,
      );
      asked.on('error', (cause) => reject(this.#unreachable(cause)));
      asked.end(call.body);
    });
  }

  #unreachable(cause: unknown): MeshError {
    const message = `no mesh runs with the data folder ${this.data}: start one with "npm run mesh", or name its folder with --data-dir`;
    return new MeshError(MeshErrorCode.Unavailable, message, { cause });
  }
}

function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value ?? []].flat()) parameters.append(name, each);
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

function messageOf(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? (textAt(parsed, 'message') ?? text) : text;
  } catch {
    return text;
  }
}
