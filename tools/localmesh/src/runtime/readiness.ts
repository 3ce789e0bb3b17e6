import { request } from 'node:http';
import type { Sandbox } from './sandbox.js';

/** Whether a pod may be sent calls now. */
export type ReadinessProbe = (sandbox: Sandbox) => Promise<boolean>;

const agentPort = 15021;

/** Ready when everything listens that the manifest declares, and the proxy, where there is one, says so itself. */
export function readinessProbe(declaredPorts: readonly number[], hasProxy: boolean): ReadinessProbe {
  return async (sandbox) => {
    const listening = await sandbox.listeningPorts();
    if (!declaredPorts.every((port) => listening.has(port))) return false;
    return !hasProxy || (await answersOk(sandbox.address, agentPort, '/healthz/ready'));
  };
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
