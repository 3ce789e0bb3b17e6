import { forwardPort } from './tcp-forward.js';

/** Runs inside a pod: passes connections of a Unix socket on to a port of the pod's own loopback. */
export async function runPodPort(path: string, target: string, signal: AbortSignal): Promise<void> {
  const [host = '', port] = target.split(':');
  await forwardPort({ path }, () => ({ host, port: Number(port) }), signal);
}
