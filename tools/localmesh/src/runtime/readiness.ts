import { request } from 'node:http';
import type { Sandbox } from './sandbox.js';

const agentPort = 15021;

/** A container without a readiness probe serves when everything listens that its manifest declares. */
export async function portsListen(sandbox: Sandbox, declaredPorts: readonly number[]): Promise<boolean> {
  if (declaredPorts.length === 0) return true;
  const listening = await sandbox.listeningPorts();
  return declaredPorts.every((port) => listening.has(port));
}

/** How long a proxy that was ready may lack its agent: Envoy serves on, and the next agent takes it over. */
const withoutAgentMs = 120_000;

/** A proxy says itself, by its agent, whether its configuration and its certificate are in. */
export class ProxyReadiness {
  #readyMs = -Infinity;

  async look({ address }: Sandbox): Promise<boolean> {
    const nowMs = performance.now();
    const status = await answerStatus({ host: address, port: agentPort, path: '/healthz/ready' });
    if (status === 200) this.#readyMs = nowMs;
    // Envoy's own port answers for the agent; where nobody answers at all, Envoy is gone too.
    return status !== undefined && nowMs - this.#readyMs < withoutAgentMs;
  }
}

/** Whether an HTTP GET is answered with 200 within two seconds. */
export async function answersOk(host: string, port: number, path: string): Promise<boolean> {
  return (await answerStatus({ host, port, path })) === 200;
}

function answerStatus(target: {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request({ ...target, timeout: 2000, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}
