import { forwardPort } from './tcp-forward.js';

/** Runs inside a pod: passes connections of a Unix socket on to a port of the pod's own loopback. */
export async function runPodPort(path: string, port: number, signal: AbortSignal): Promise<void> {
  await forwardPort({ path }, () => ({ host: '127.0.0.1', port }), signal);
}
