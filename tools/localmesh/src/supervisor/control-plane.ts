import { access } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { openPodPort, type PodPorts } from '../control/pod-ports.js';
import { answersOk } from '../runtime/readiness.js';
import type { Pod } from '../runtime/pod.js';
import { isRecord } from '../store/json-record.js';
import type { Mesh } from './mesh.js';

const ports = { debug: 15014, ready: 8080 } as const;

/**
 * The running istiod, as this platform sees it: readiness, the change feed, the list of issues. The debug pages are for
 * loopback only, so they are asked from inside istiod's pod.
 */
export class ControlPlane {
  constructor(
    private readonly mesh: Mesh,
    private readonly options: { readonly rootCertificate: string; readonly podPorts: PodPorts },
  ) {}

  /** Resolves when istiod is ready and its root certificate lies where pods take it from. */
  async ready(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const address = this.#pod()?.identity.address;
      const hasRoot = await access(this.options.rootCertificate).then(
        () => true,
        () => false,
      );
      if (hasRoot && address !== undefined && (await answersOk(address, ports.ready, '/ready'))) return;
      await sleep(50, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Everything that istiod has to say about the configuration in force, as it says it. */
  async issues(): Promise<unknown> {
    if (this.#pod() === undefined) return [];
    const text = await this.#ask('/debug/issues')
      .then(readAll)
      .catch(() => '');
    return parseJson(text) ?? [];
  }

  /** Hands every line of the change feed to the listener until the signal aborts; a lost feed is taken up again. */
  async followChanges(onChange: (change: unknown) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const answer = await this.#ask('/debug/changes', signal).catch(() => undefined);
      if (answer?.statusCode === 200) await followLines(answer, onChange);
      else answer?.resume();
      await sleep(300, undefined, { signal }).catch(() => undefined);
    }
  }

  #pod(): Pod | undefined {
    const running = this.mesh.pods.filter((pod) => {
      const { namespace, labels, phase } = pod.state();
      return namespace === 'istio-system' && labels['app'] === 'istiod' && phase === 'Running';
    });
    return running.find((pod) => pod.state().ready) ?? running[0];
  }

  async #ask(path: string, signal?: AbortSignal): Promise<IncomingMessage> {
    const pod = this.#pod();
    if (pod === undefined) throw new MeshError(MeshErrorCode.Unavailable, 'the control plane does not run');
    const socketPath = await openPodPort(this.options.podPorts, pod, ports.debug);
    return new Promise((resolve, reject) => {
      get({ socketPath, path, agent: false, ...(signal && { signal }) }, resolve).on('error', reject);
    });
  }
}

function followLines(answer: IncomingMessage, onChange: (change: unknown) => void): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: answer });
    lines.on('line', (line) => {
      const change = parseJson(line);
      if (isRecord(change)) onChange(change);
    });
    lines.on('close', resolve);
    // The feed ends with an error when istiod or this program ends: both are ends, no more.
    lines.on('error', () => resolve());
  });
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
