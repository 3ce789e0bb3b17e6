import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { forwardPort } from '../forward/tcp-forward.js';
import { textAt } from '../store/json-record.js';
import type { ControlClient } from './control-client.js';

/** `port-forward POD LOCAL:REMOTE…`: opens ports of a pod on this machine's loopback until the signal aborts. */
export async function portForward(
  client: ControlClient,
  target: { readonly pod: string; readonly namespace: string; readonly ports: readonly string[] },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const ports of target.ports) {
    const [local = '', remote = local] = ports.split(':');
    if (!/^\d*$/.test(local) || !/^\d+$/.test(remote)) {
      throw new MeshError(
        MeshErrorCode.Usage,
        `"${ports}" is no pair of ports: write LOCAL:REMOTE, :REMOTE or PORT`,
      );
    }
    const query = { pod: target.pod, namespace: target.namespace, port: remote };
    const path = textAt(await client.call('/pod-ports', { method: 'POST', query }), 'path') ?? '';
    const bound = await forwardPort({ host: '127.0.0.1', port: Number(local) }, () => ({ path }), signal);
    lines.push(`Forwarding from 127.0.0.1:${String(bound)} -> ${remote}`);
  }
  return lines;
}
