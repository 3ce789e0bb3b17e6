import { access } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPodPort, type PodPorts } from '../control/pod-ports.js';
import { answersOk } from '../runtime/readiness.js';
import type { Pod } from '../runtime/pod.js';
import { isRecord, type JsonRecord, parseJson } from '../store/json-record.js';
import type { Mesh } from './mesh.js';
import { MergedFeed } from './merged-feed.js';
import { systemClock } from './system-clock.js';

const ports = { debug: 15014, ready: 8080 } as const;

/**
 * The running istiods, as this platform sees them: readiness, the change feeds, the lists of issues. The debug pages are for
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
      const address = this.#pods()[0]?.identity.address;
      const hasRoot = await access(this.options.rootCertificate).then(
        () => true,
        () => false,
      );
      if (hasRoot && address !== undefined && (await answersOk(address, ports.ready, '/ready'))) return;
      await sleep(50, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Everything that istiods have to say about the configuration in force, as they say it, each thing once. */
  async issues(): Promise<readonly unknown[]> {
    const texts = await Promise.all(
      this.#pods().map((pod) =>
        this.#ask(pod, '/debug/issues')
          .then(readAll)
          .catch(() => ''),
      ),
    );
    const issues = texts.map(parseJson).flatMap((each) => (Array.isArray(each) ? (each as unknown[]) : []));
    return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
  }

  /** Hands every change to the listener until the signal aborts; a lost feed is taken up again. */
  async followChanges(onChange: (change: unknown) => void, signal: AbortSignal): Promise<void> {
    const followed = new Set<Pod>();
    const feed = new MergedFeed(systemClock, onChange);
    while (!signal.aborted) {
      for (const pod of this.#pods()) {
        if (followed.has(pod)) continue;
        followed.add(pod);
        void this.#follow(pod, feed, signal).finally(() => followed.delete(pod));
      }
      await sleep(300, undefined, { signal }).catch(() => undefined);
    }
  }

  async #follow(pod: Pod, feed: MergedFeed, signal: AbortSignal): Promise<void> {
    const answer = await this.#ask(pod, '/debug/changes', signal).catch(() => undefined);
    if (answer?.statusCode !== 200) {
      answer?.resume();
      return;
    }
    const { uid } = pod.identity;
    feed.joined(uid);
    await followLines(answer, (line) => feed.add(uid, line));
    feed.left(uid);
  }

  /** Those that run, ready ones first. */
  #pods(): readonly Pod[] {
    const running = this.mesh.pods.filter((pod) => {
      const { namespace, labels, phase } = pod.state();
      return namespace === 'istio-system' && labels['app'] === 'istiod' && phase === 'Running';
    });
    const isReady = (pod: Pod): boolean => pod.state().ready;
    return [...running.filter(isReady), ...running.filter((pod) => !isReady(pod))];
  }

  async #ask(pod: Pod, path: string, signal?: AbortSignal): Promise<IncomingMessage> {
    const socketPath = await openPodPort(this.options.podPorts, pod, ports.debug);
    return new Promise((resolve, reject) => {
      get({ socketPath, path, agent: false, ...(signal && { signal }) }, resolve).on('error', reject);
    });
  }
}

function followLines(answer: IncomingMessage, onChange: (change: JsonRecord) => void): Promise<void> {
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
