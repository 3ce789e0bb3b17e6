import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { Pod } from '../runtime/pod.js';
import { socketPath } from './control-path.js';

export interface PodPorts {
  readonly data: string;
  /** The program of this tool, which is started inside the pod to pass connections on. */
  readonly program: string;
}

/**
 * Opens a port of a pod to the machine, as a Unix socket: a helper inside the pod connects to `localhost:port` there, so
 * that the call reaches the application as one from its own side would, past capture and mutual TLS. The helper ends with
 * the pod.
 */
export async function openPodPort({ data, program }: PodPorts, pod: Pod, port: number): Promise<string> {
  const { sandbox, identity } = pod;
  if (sandbox === undefined) {
    throw new MeshError(MeshErrorCode.Unavailable, `pod ${identity.name} does not run yet`);
  }
  const path = socketPath(data, `port-${identity.uid.slice(0, 8)}-${String(port)}`);
  if (await accepts(path)) return path;
  await rm(path, { force: true });
  const helper = sandbox.start({
    argv: ['node', program, 'pod-port', path, `${sandbox.localhost}:${String(port)}`],
    env: { PATH: pod.container()?.spec.env['PATH'] ?? '' },
    user: 'root',
    cwd: sandbox.root,
    output: 'pipe',
  });
  helper.stdout?.resume();
  helper.stderr?.resume();
  const ended = helper.ended.then(() => true);
  while (!(await accepts(path))) {
    if (await Promise.race([ended, sleep(20).then(() => false)])) {
      throw new MeshError(
        MeshErrorCode.Platform,
        `port ${String(port)} of pod ${identity.name} cannot be opened`,
      );
    }
  }
  return path;
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
