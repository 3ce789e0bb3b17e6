import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Envoy, findEnvoy, type EnvoyOptions } from './envoy.js';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Envoys that end together, also where this process is told to; each has a folder of its own in a temporary one. */
export class EnvoyGroup {
  private readonly running: Envoy[] = [];

  private constructor(
    private readonly binary: string,
    private readonly dir: string,
  ) {}

  /** `root` is the repository. */
  static async create(root: string): Promise<EnvoyGroup> {
    const binary = await findEnvoy(root);
    const group = new EnvoyGroup(binary, await mkdtemp(join(tmpdir(), 'filter-bench-')));
    for (const signal of signals) process.once(signal, group.abort);
    return group;
  }

  async start(name: string, options: Omit<EnvoyOptions, 'binary' | 'dir'>): Promise<Envoy> {
    const envoy = await Envoy.start({ ...options, binary: this.binary, dir: join(this.dir, name) });
    this.running.push(envoy);
    return envoy;
  }

  async close(): Promise<void> {
    for (const signal of signals) process.removeListener(signal, this.abort);
    await Promise.all(this.running.map((envoy) => envoy.stop()));
    await rm(this.dir, { recursive: true, force: true });
  }

  private readonly abort = (signal: NodeJS.Signals): void => {
    void this.close().finally(() => process.kill(process.pid, signal));
  };
}
