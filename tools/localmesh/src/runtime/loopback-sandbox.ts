import { mkdir, readFile } from 'node:fs/promises';
import { launch } from './child-process.js';
import { killAll, orphansAmong, processesIn } from './folder-processes.js';
import { parseListeningSockets } from './listening-ports.js';
import type { PodProcess, ProcessSpec, Sandbox, SandboxFactory, SandboxRequest } from './sandbox.js';

/**
 * Pods where the machine allows no namespaces: plain processes, each pod with a loopback address of its own. Nothing is
 * mounted and nothing is captured. The processes get a signal when the supervisor dies.
 */
export class LoopbackSandboxFactory implements SandboxFactory {
  readonly captures = false;

  async create({ folder, address }: SandboxRequest): Promise<Sandbox> {
    await mkdir(folder, { recursive: true });
    return new LoopbackSandbox(folder, address);
  }
}

class LoopbackSandbox implements Sandbox {
  readonly #running = new Set<PodProcess>();
  readonly localhost: string;

  constructor(
    readonly root: string,
    readonly address: string,
  ) {
    this.localhost = address;
  }

  start({ argv, env, cwd, output }: ProcessSpec): PodProcess {
    const child = launch({
      argv: ['setpriv', '--pdeathsig', 'TERM', '--', ...argv],
      env,
      cwd,
      output,
      meant: 'itself',
    });
    this.#running.add(child);
    void child.ended.then(() => {
      this.#running.delete(child);
      // No namespace ends what a crashed program started. Envoy is its next agent's to take over.
      const orphans = orphansAmong(processesIn(this.root), process.pid);
      killAll(orphans.filter(({ name }) => name !== 'envoy'));
    });
    return child;
  }

  async listeningPorts(): Promise<ReadonlySet<number>> {
    const table = await readFile('/proc/net/tcp', 'utf8').catch(() => '');
    const own = parseListeningSockets(table).filter(({ address }) => address === this.address);
    return new Set(own.map(({ port }) => port));
  }

  async dispose(): Promise<void> {
    const running = [...this.#running];
    killAll(processesIn(this.root));
    for (const child of running) child.signal('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
  }
}

/** Ends what an earlier run left behind when it could not end it any more. */
export function clearLoopbackPods(podsFolder: string): void {
  killAll(processesIn(podsFolder));
}
