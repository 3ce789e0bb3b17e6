import { openSync, closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerState } from '../workloads/pod-state.js';
import type { PodProcess, ProcessSpec, Sandbox } from './sandbox.js';

export interface ContainerOptions {
  readonly name: string;
  readonly image: string;
  readonly spec: Omit<ProcessSpec, 'output'>;
  readonly logFile: string;
  /** Called after each change of the container's state. */
  readonly onChange: () => void;
}

const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** A process that ran this long is taken for healthy: its next crash begins the waiting anew. */
const healthyMs = 20_000;

/** One process of a pod that is started again when it ends, more slowly each time it fails soon. */
export class Container {
  #process: PodProcess | undefined;
  #restarts = 0;
  #waiting: string | undefined = 'ContainerCreating';
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly options: ContainerOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** How commands are run beside it: as the same user, with the same environment and working directory. */
  get spec(): Omit<ProcessSpec, 'output'> {
    return this.options.spec;
  }

  get logFile(): string {
    return this.options.logFile;
  }

  state(ready: boolean): ContainerState {
    const { name, image } = this.options;
    const waiting = this.#waiting;
    return {
      name,
      image,
      restarts: this.#restarts,
      ready: ready && waiting === undefined,
      ...(waiting && { waiting }),
    };
  }

  get runs(): boolean {
    return this.#waiting === undefined;
  }

  start(sandbox: Sandbox): void {
    this.#running = this.#run(sandbox);
  }

  /** Asks the process to end, and makes it end when it does not in time. */
  async stop(graceMs: number): Promise<void> {
    this.#stop.abort();
    this.#process?.signal('SIGTERM');
    const timer = setTimeout(() => this.#process?.signal('SIGKILL'), graceMs);
    await this.#running;
    clearTimeout(timer);
  }

  async #run(sandbox: Sandbox): Promise<void> {
    let delayMs = firstDelayMs;
    while (!this.#stop.signal.aborted) {
      const began = performance.now();
      const status = await this.#runOnce(sandbox);
      if (performance.now() - began > healthyMs) delayMs = firstDelayMs;
      this.#waiting = status === 0 ? 'Completed' : 'CrashLoopBackOff';
      this.options.onChange();
      await sleep(delayMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
      this.#restarts += 1;
    }
  }

  async #runOnce(sandbox: Sandbox): Promise<number> {
    const output = openSync(this.options.logFile, 'a');
    try {
      this.#process = sandbox.start({ ...this.options.spec, output });
    } finally {
      closeSync(output);
    }
    this.#waiting = undefined;
    this.options.onChange();
    return this.#process.ended;
  }
}
