import { appendFileSync, closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerState } from '../workloads/pod-state.js';
import { ContainerHealth } from './container-health.js';
import { attemptProbe } from './probe-attempt.js';
import type { ContainerProbes } from './probe-plan.js';
import type { PodProcess, ProcessSpec, Sandbox } from './sandbox.js';

export interface ContainerOptions {
  readonly name: string;
  readonly image: string;
  readonly spec: Omit<ProcessSpec, 'output'>;
  readonly logFile: string;
  readonly probes: ContainerProbes;
  /** Whether a running container serves, where no readiness probe says so. */
  readonly serves: (sandbox: Sandbox) => Promise<boolean>;
  /** What its process started outlives it: `serves` counts too while the process is started again. */
  readonly outlived: boolean;
  /** A container that always runs is started again whatever it ended with; others until they end with 0. */
  readonly restart: 'always' | 'on-failure';
  /** Called after each change of the container's state. */
  readonly onChange: () => void;
}

const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** A process that ran this long is taken for healthy: its next crash begins the waiting anew. */
const healthyMs = 20_000;
const unhealthyGraceMs = 3000;

/** One process of a pod that is started again when it ends, more slowly each time it fails soon. */
export class Container {
  #process: PodProcess | undefined;
  #restarts = 0;
  #waiting: string | undefined = 'ContainerCreating';
  #ready = false;
  #health: ContainerHealth | undefined;
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

  state(): ContainerState {
    const { name, image } = this.options;
    const waiting = this.#waiting;
    return {
      name,
      image,
      restarts: this.#restarts,
      ready: this.#ready && waiting === undefined,
      ...(waiting && { waiting }),
    };
  }

  /** Looks whether calls may go to it now. */
  async look(sandbox: Sandbox): Promise<boolean> {
    const { outlived } = this.options;
    const asked = this.#waiting === undefined ? this.#health?.ready : outlived ? undefined : false;
    this.#ready = asked ?? (await this.options.serves(sandbox));
    return this.#ready;
  }

  /** Resolves when it will not run again: it was stopped, or is done. */
  async run(sandbox: Sandbox): Promise<void> {
    this.#running = this.#run(sandbox);
    await this.#running;
  }

  /** Asks the process to end, and makes it end when it does not in time. */
  async stop(graceMs: number): Promise<void> {
    this.#stop.abort();
    await this.#end(graceMs);
    await this.#running;
  }

  async #end(graceMs: number): Promise<void> {
    const ended = this.#process?.ended;
    this.#process?.signal('SIGTERM');
    const timer = setTimeout(() => this.#process?.signal('SIGKILL'), graceMs);
    await ended;
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
      if (status === 0 && this.options.restart === 'on-failure') return;
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
    const life = new AbortController();
    this.#health = this.#probe(sandbox, life.signal);
    this.#waiting = undefined;
    this.options.onChange();
    const status = await this.#process.ended;
    life.abort();
    return status;
  }

  #probe(sandbox: Sandbox, signal: AbortSignal): ContainerHealth {
    const { probes, spec, onChange } = this.options;
    const health = new ContainerHealth({
      probes,
      attempt: (action, timeoutMs) => attemptProbe(action, { sandbox, spec }, timeoutMs),
      onChange,
      onUnhealthy: (probe, failures) => {
        const words = `its ${probe} probe failed ${failures} times in a row: the container is started again`;
        appendFileSync(this.options.logFile, `localmesh: ${words}\n`);
        void this.#end(unhealthyGraceMs);
      },
    });
    health.watch(signal);
    return health;
  }
}
