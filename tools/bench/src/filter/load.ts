import { setTimeout as delay } from 'node:timers/promises';
import type { MeshError } from '@istio-ts/foundation';
import { Caller } from './caller.js';

const tickMs = 1;
/** Requests that a caller in a hurry sends without waiting for answers. */
const pipelined = 8;

/** Callers of one address over connections that are kept. */
export class Load {
  private readonly idle: Caller[];
  private failure: MeshError | undefined;
  private answered = 0;

  private constructor(private readonly callers: readonly Caller[]) {
    this.idle = [...callers];
  }

  static async open(address: string, port: number, connections: number): Promise<Load> {
    const opening = Array.from({ length: connections }, () => Caller.open(address, port));
    return new Load(await Promise.all(opening));
  }

  /**
   * Calls at a fixed rate for some time, whatever becomes of the calls.
   *
   * @returns how many were answered, once all are
   */
  async steadily(next: () => Buffer, perSecond: number, seconds: number): Promise<number> {
    const total = Math.round(perSecond * seconds);
    this.answered = 0;
    const begunMs = performance.now();
    let sent = 0;
    while (sent < total) {
      const due = Math.min(total, Math.ceil(((performance.now() - begunMs) / 1000) * perSecond));
      while (sent < due) {
        const caller = this.idle.pop();
        if (caller === undefined) break;
        this.send(caller, [next()]);
        sent += 1;
      }
      await delay(tickMs);
    }
    await this.allAnswered(total);
    return this.answered;
  }

  /** Makes a number of calls as fast as they are answered. A failed one is thrown as MeshError. */
  async flood(next: () => Buffer, total: number): Promise<void> {
    this.answered = 0;
    let sent = 0;
    const sendMore = (): void => {
      while (sent < total) {
        const caller = this.idle.pop();
        if (caller === undefined) return;
        const requests = Array.from({ length: Math.min(pipelined, total - sent) }, next);
        sent += requests.length;
        this.send(caller, requests, sendMore);
      }
    };
    sendMore();
    await this.allAnswered(total);
  }

  close(): void {
    for (const caller of this.callers) caller.close();
  }

  private send(caller: Caller, requests: readonly Buffer[], after?: () => void): void {
    caller.call(requests, (failure) => {
      if (failure !== undefined) {
        this.failure ??= failure;
        return;
      }
      this.answered += requests.length;
      this.idle.push(caller);
      after?.();
    });
  }

  private async allAnswered(total: number): Promise<void> {
    while (this.answered < total) {
      if (this.failure !== undefined) throw this.failure;
      await delay(tickMs);
    }
  }
}

/** A request without a body. */
export function request(host: string, path: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const lines = Object.entries({ host, 'user-agent': 'bench', accept: '*/*', ...headers });
  return Buffer.from(
    `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
}
