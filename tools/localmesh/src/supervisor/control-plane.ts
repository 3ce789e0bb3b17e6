import { access } from 'node:fs/promises';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { answersOk } from '../runtime/readiness.js';
import { isRecord } from '../store/json-record.js';
import type { Mesh } from './mesh.js';

const ports = { debug: 15014, ready: 8080 } as const;

/** The running istiod, as this platform sees it from outside: readiness, the change feed, the list of issues. */
export class ControlPlane {
  constructor(
    private readonly mesh: () => Mesh,
    private readonly rootCertificate: string,
  ) {}

  /** Address of a running istiod. */
  get address(): string | undefined {
    const pods = this.mesh().pods.map((pod) => pod.state());
    return pods.find(({ labels, phase }) => labels['app'] === 'istiod' && phase === 'Running')?.address;
  }

  /** Resolves when istiod is ready and its root certificate lies where pods take it from. */
  async ready(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { address } = this;
      const hasRoot = await access(this.rootCertificate).then(
        () => true,
        () => false,
      );
      if (hasRoot && address !== undefined && (await answersOk(address, ports.ready, '/ready'))) return;
      await sleep(50, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Everything that istiod has to say about the configuration in force, as it says it. */
  async issues(): Promise<unknown> {
    const { address } = this;
    if (address === undefined) return [];
    const body = await fetchText(`http://${address}:${ports.debug}/debug/issues`).catch(() => '[]');
    return parseJson(body) ?? [];
  }

  /** Hands every line of the change feed to the listener until the signal aborts; a lost feed is taken up again. */
  async followChanges(onChange: (change: unknown) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { address } = this;
      if (address !== undefined)
        await followOnce(`http://${address}:${ports.debug}/debug/changes`, onChange, signal);
      await sleep(500, undefined, { signal }).catch(() => undefined);
    }
  }
}

function followOnce(url: string, onChange: (change: unknown) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const asked = get(url, { signal, agent: false }, (answer) => {
      if (answer.statusCode !== 200) {
        answer.resume();
        resolve();
        return;
      }
      const lines = createInterface({ input: answer });
      lines.on('line', (line) => {
        const change = parseJson(line);
        if (isRecord(change)) onChange(change);
      });
      lines.on('close', resolve);
      answer.on('error', () => resolve());
    });
    asked.on('error', () => resolve());
  });
}

function fetchText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { timeout: 5000, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
