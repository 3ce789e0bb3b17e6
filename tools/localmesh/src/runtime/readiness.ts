import { request } from 'node:http';
import type { Sandbox } from './sandbox.js';

const agentPort = 15021;

/** A container without a readiness probe serves when everything listens that its manifest declares. */
export async function portsListen(sandbox: Sandbox, declaredPorts: readonly number[]): Promise<boolean> {
  if (declaredPorts.length === 0) return true;
  const listening = await sandbox.listeningPorts();
  return declaredPorts.every((port) => listening.has(port));
}

/** A proxy says itself whether its configuration and its certificate are in. */
export function proxyIsReady({ address }: Sandbox): Promise<boolean> {
  return answersOk(address, agentPort, '/healthz/ready');
}

/** Whether an HTTP GET is answered with 200 within two seconds. */
export function answersOk(host: string, port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path, timeout: 2000, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
