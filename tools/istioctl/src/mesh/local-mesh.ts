import type { ListeningSocket } from '@istio-ts/config-analysis';
import { kinds } from '@istio-ts/config-model';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { controlSocket } from './control-socket.js';
import { decodeExecResult, type ExecResult } from './frames.js';
import { callOverSocket, readUpgraded, type SocketAnswer } from './http-over-socket.js';
import { parseListeningSockets } from './listening-sockets.js';
import {
  renderPodName,
  type AdminRequest,
  type IstiodAnswer,
  type MeshAccess,
  type MeshPod,
  type PodName,
} from './mesh-access.js';

const monitoringPort = 15014;

/** The mesh that `npm run mesh` runs on this machine, through the control socket in its data folder. */
export class LocalMesh implements MeshAccess {
  readonly #socket: string;

  constructor(private readonly data: string) {
    this.#socket = controlSocket(data);
  }

  async pods(): Promise<readonly MeshPod[]> {
    const listed = JSON.parse(await this.#call('/pods')) as readonly ListedPod[];
    return listed.map(({ name, namespace, labels, ready, owner }) => ({
      name,
      namespace,
      labels,
      ready,
      ...(owner.kind === 'Deployment' && { deployment: owner.name }),
    }));
  }

  async objects(): Promise<readonly unknown[]> {
    const words = kinds.map(({ plural, group }) => (group === '' ? plural : `${plural}.${group}`));
    const query = new URLSearchParams({ kinds: words.join(',') });
    return JSON.parse(await this.#call(`/objects?${query.toString()}`)) as readonly unknown[];
  }

  async askProxy(pod: PodName, { method, path }: AdminRequest): Promise<string> {
    const { stdout, stderr, exitStatus } = await this.#run(pod, ['pilot-agent', 'request', method, path], {
      container: 'istio-proxy',
    });
    if (exitStatus === 0) return stdout;
    const reason = stderr.trim() === '' ? 'the connection ended' : stderr.trim();
    throw new MeshError(
      MeshErrorCode.Unavailable,
      `the proxy of ${renderPodName(pod)} did not answer: ${reason}`,
    );
  }

  async listeningSockets(pod: PodName): Promise<readonly ListeningSocket[]> {
    // Without IPv6 the second table is missing, which is no failure.
    const { stdout, stderr } = await this.#run(pod, ['cat', '/proc/net/tcp', '/proc/net/tcp6']);
    if (stdout !== '') return parseListeningSockets(stdout);
    throw new MeshError(
      MeshErrorCode.Unavailable,
      `the sockets of ${renderPodName(pod)} are not known: ${stderr.trim()}`,
    );
  }

  async #run(
    pod: PodName,
    [program = '', ...more]: readonly string[],
    inside: { readonly container?: string } = {},
  ): Promise<ExecResult> {
    const query = new URLSearchParams({ pod: pod.name, namespace: pod.namespace, ...inside });
    for (const argument of [program, ...more]) query.append('argument', argument);
    const answer = await this.#reach(() =>
      readUpgraded({ socket: this.#socket, path: `/exec?${query.toString()}` }, 'localmesh-exec'),
    );
    if (Buffer.isBuffer(answer)) return decodeExecResult(answer);
    throw refused(`running ${program} in ${renderPodName(pod)}`, answer);
  }

  async askIstiods(path: string, istioNamespace: string): Promise<readonly IstiodAnswer[]> {
    const istiods = (await this.pods()).filter(
      ({ namespace, labels }) => namespace === istioNamespace && labels['app'] === 'istiod',
    );
    if (istiods.length === 0)
      throw new MeshError(MeshErrorCode.Unavailable, `no istiod runs in namespace "${istioNamespace}"`);
    return Promise.all(istiods.map((pod) => this.#askIstiod(pod, path)));
  }

  async #askIstiod({ name, namespace }: PodName, path: string): Promise<IstiodAnswer> {
    const query = new URLSearchParams({ pod: name, namespace, port: String(monitoringPort) });
    const opened = JSON.parse(await this.#call(`/pod-ports?${query.toString()}`, 'POST')) as {
      readonly path: string;
    };
    const answer = await this.#reach(() => callOverSocket({ socket: opened.path, path }));
    if (answer.status < 300) return { istiod: name, text: answer.text };
    throw refused(`asking ${name} for ${path}`, answer);
  }

  async #call(path: string, method: 'GET' | 'POST' = 'GET'): Promise<string> {
    const answer = await this.#reach(() => callOverSocket({ socket: this.#socket, path, method }));
    if (answer.status < 300) return answer.text;
    throw refused(`asking the mesh for ${path}`, answer);
  }

  async #reach<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      const message = `no mesh answers in ${this.data}: start one with "npm run mesh", or name its data folder with --mesh or LOCALMESH_DATA`;
      throw new MeshError(MeshErrorCode.Unavailable, message, { cause });
    }
  }
}

/** A pod in the answer to `/pods`, as far as it is read here. */
interface ListedPod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ready: boolean;
  readonly owner: { readonly kind: string; readonly name: string };
}

function refused(doing: string, { status, text }: SocketAnswer): MeshError {
  return new MeshError(MeshErrorCode.Protocol, `${doing}: ${messageIn(text) ?? `answered with ${status}`}`);
}

/** The words of an answer such as `{"message": "…"}` or `{"error": "…"}`. */
function messageIn(text: string): string | undefined {
  try {
    const { message, error } = JSON.parse(text) as { readonly message?: unknown; readonly error?: unknown };
    const words = message ?? error;
    return typeof words === 'string' ? words : undefined;
  } catch {
    return undefined;
  }
}
