import { chown, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { PodPhase, PodState } from '../workloads/pod-state.js';
import type { Build } from '../deploy/component.js';
import type { Injection } from '../workloads/injection.js';
import { Container } from './container.js';
import type { ContainerPlan, PodIdentity } from './pod-plan.js';
import type { PodGroup } from '../workloads/desired-pods.js';
import type { PodProcess, Sandbox } from './sandbox.js';
import { portsListen, ProxyReadiness } from './readiness.js';

/** Everything that a pod needs to run; made by `PodBuilder`. */
export interface PodOptions {
  readonly identity: PodIdentity;
  readonly group: PodGroup;
  readonly injection: Injection;
  /** The component of the mesh that it runs, as it was built then. */
  readonly build: Build | undefined;
  /** Run to their end one after the other, before capture is set up and the others start. */
  readonly initial: readonly ContainerPlan[];
  readonly applications: readonly ContainerPlan[];
  readonly proxy: ContainerPlan | undefined;
  /** Sets capture up, where there is a proxy and the sandbox can capture. */
  readonly capture: readonly string[] | undefined;
  readonly folder: string;
  readonly logs: string;
  readonly userId: (plan: ContainerPlan) => number | undefined;
  /** Prepares files and makes the place to run in. */
  readonly createSandbox: () => Promise<Sandbox>;
  readonly onChange: () => void;
}

/** How long a proxy drains before it ends; its application is ended when most of that time is over. */
const drainMs = 5000;
const applicationGraceMs = 3000;
/** What could not be made is tried again, more slowly each time. */
const firstRetryMs = 1000;
const longestRetryMs = 30_000;

/** One running pod: its sandbox, its containers and what is known of them. */
export class Pod {
  #phase: PodPhase = 'Pending';
  #ready = false;
  #message: string | undefined;
  #sandbox: Sandbox | undefined;
  #initial: readonly Container[] = [];
  #containers: readonly Container[] = [];
  #starting: Promise<void> | undefined;
  #lookNow: () => void = () => undefined;
  readonly #started = new Date().toISOString();
  readonly #ending = new AbortController();
  readonly #proxyReadiness = new ProxyReadiness();

  constructor(readonly options: PodOptions) {}

  get identity(): PodIdentity {
    return this.options.identity;
  }

  get ending(): boolean {
    return this.#ending.signal.aborted;
  }

  get sandbox(): Sandbox | undefined {
    return this.#sandbox;
  }

  /** The container of a name, or without one the first that is not the proxy. */
  container(name?: string): Container | undefined {
    const all = [...this.#containers, ...this.#initial];
    if (name !== undefined) return all.find((container) => container.name === name);
    return this.#containers.find((container) => container.name !== 'istio-proxy') ?? this.#containers[0];
  }

  state(): PodState {
    const { identity, group, injection, build } = this.options;
    const { template } = group;
    return {
      namespace: identity.namespace,
      name: identity.name,
      uid: identity.uid,
      owner: { kind: group.owner.kind, name: group.owner.name },
      revision: group.revision,
      labels: template.labels,
      annotations: template.annotations,
      serviceAccount: template.serviceAccount,
      address: identity.address,
      phase: this.#phase,
      ready: this.#ready && !this.ending,
      injected: injection !== 'none',
      ports: template.containers.flatMap(({ ports }) => ports),
      containers: this.#containers.map((container) => container.state()),
      startTime: this.#started,
      ...(build !== undefined && { build }),
      ...(this.#message !== undefined && { message: this.#message }),
      ...this.#initialState(),
    };
  }

  /** Brings the pod up, again and again where the machine stands in the way; what fails is kept as the pod's message. */
  async start(): Promise<void> {
    this.#starting = this.#start();
    await this.#starting;
    if (!this.ending && this.#phase === 'Running') void this.#watchReadiness();
  }

  /** Takes the pod out of service: from now on it counts as ending, and nobody is sent to it. */
  beginEnding(): void {
    this.#ending.abort();
    this.#phase = 'Terminating';
    this.options.onChange();
  }

  /** Ends the pod in order: no new calls, the proxy drains, the application ends, Envoy last. */
  async stop(quick: boolean): Promise<void> {
    if (!this.ending) this.beginEnding();
    await Promise.all(this.#initial.map((container) => container.stop(applicationGraceMs)));
    await this.#starting;
    const proxy = this.#containers.find(({ name }) => name === 'istio-proxy');
    const applications = this.#containers.filter((container) => container !== proxy);
    const proxyEnded = proxy?.stop(quick ? 1000 : drainMs + applicationGraceMs);
    if (proxyEnded !== undefined && !quick) await Promise.race([proxyEnded, sleep(drainMs * 0.8)]);
    await Promise.all([
      proxyEnded,
      ...applications.map((container) => container.stop(quick ? 500 : applicationGraceMs)),
    ]);
    await this.#sandbox?.dispose();
    await rm(this.options.folder, { recursive: true, force: true });
  }

  /** Runs one command beside a container. */
  exec(argv: readonly string[], containerName?: string): PodProcess {
    const container = this.container(containerName);
    if (this.#sandbox === undefined || container === undefined) {
      const names = this.#containers.map(({ name }) => name).join(', ');
      throw new MeshError(
        MeshErrorCode.Usage,
        `pod ${this.identity.name} has no running container "${containerName ?? ''}" (it has: ${names})`,
      );
    }
    return this.#sandbox.start({ ...container.spec, argv, output: 'pipe' });
  }

  async #start(): Promise<void> {
    for (let delayMs = firstRetryMs; !this.ending; delayMs = Math.min(delayMs * 2, longestRetryMs)) {
      try {
        await this.#bringUp();
        return;
      } catch (thrown) {
        const failure = MeshError.from(thrown);
        this.#message = failure.message;
        this.#phase = failure.code === MeshErrorCode.Usage ? 'Failed' : 'Pending';
        this.options.onChange();
        // What the manifest says wrong stays wrong: another manifest makes another pod.
        if (this.#phase === 'Failed') return;
      }
      await this.#sandbox?.dispose();
      this.#sandbox = undefined;
      await sleep(delayMs, undefined, { signal: this.#ending.signal }).catch(() => undefined);
    }
  }

  async #bringUp(): Promise<void> {
    const { initial, applications, proxy, logs, capture, createSandbox } = this.options;
    const plans = [...(proxy ? [proxy] : []), ...applications];
    const problem = [...initial, ...plans].find((plan) => plan.problem !== undefined)?.problem;
    if (problem !== undefined) throw new MeshError(MeshErrorCode.Usage, problem);
    await mkdir(logs, { recursive: true });
    const sandbox = await createSandbox();
    this.#sandbox = sandbox;
    this.#message = undefined;
    const create = (plan: ContainerPlan) => this.#createContainer(plan, sandbox.root);
    this.#initial = await Promise.all(initial.map(create));
    // One that was stopped before it ran returns at once.
    for (const container of this.#initial) await container.run(sandbox);
    const containers = await Promise.all(plans.map(create));
    if (capture) await this.#setUpCapture(capture, sandbox);
    if (this.ending) return;
    this.#containers = containers;
    this.#phase = 'Running';
    for (const container of containers)
      container.run(sandbox).catch((thrown: unknown) => this.#tell(MeshError.from(thrown).message));
  }

  async #createContainer(plan: ContainerPlan, root: string): Promise<Container> {
    const logFile = join(this.options.logs, `${plan.name}.log`);
    await (await open(logFile, 'a')).close();
    const owner = this.options.userId(plan);
    if (owner !== undefined) await chown(logFile, owner, owner);
    const { name, image, argv, env, user, probes, declaredPorts } = plan;
    const isProxy = plan === this.options.proxy;
    return new Container({
      name,
      image,
      logFile,
      spec: { argv, env, user, cwd: root },
      probes,
      serves: (sandbox) =>
        isProxy ? this.#proxyReadiness.look(sandbox) : portsListen(sandbox, declaredPorts),
      outlived: isProxy,
      restart: this.options.initial.includes(plan) ? 'on-failure' : 'always',
      onChange: () => {
        this.#lookNow();
        this.options.onChange();
      },
    });
  }

  async #setUpCapture(argv: readonly string[], sandbox: Sandbox): Promise<void> {
    const env = this.options.proxy?.env ?? {};
    const setUp = sandbox.start({ argv, env, user: 'root', cwd: sandbox.root, output: 'pipe' });
    const said: string[] = [];
    for (const stream of [setUp.stdout, setUp.stderr])
      stream?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
    const status = await setUp.ended;
    if (status === 0) return;
    throw new MeshError(
      MeshErrorCode.Platform,
      `capture cannot be set up: ${said.join('').trim().slice(-500)}`,
    );
  }

  async #watchReadiness(): Promise<void> {
    while (!this.ending) {
      const ready = await this.#isReady();
      if (ready !== this.#ready) {
        this.#ready = ready;
        this.options.onChange();
      }
      await this.#untilNextLook(ready ? 1000 : 100);
    }
  }

  /** Waits for a while, or until a container changed or the pod ends. */
  async #untilNextLook(ms: number): Promise<void> {
    const wake = new AbortController();
    this.#lookNow = () => wake.abort();
    await sleep(ms, undefined, { signal: AbortSignal.any([wake.signal, this.#ending.signal]) }).catch(
      () => undefined,
    );
  }

  async #isReady(): Promise<boolean> {
    const sandbox = this.#sandbox;
    if (sandbox === undefined || this.#containers.length === 0) return false;
    const looks = await Promise.all(this.#containers.map((container) => container.look(sandbox)));
    return looks.every((ready) => ready);
  }

  /** How far a pod with containers that come first has come: `Init:0/2`, as `kubectl` says it. */
  #initialState(): { readonly progress?: string } {
    if (this.#phase !== 'Pending' || this.#initial.length === 0) return {};
    const states = this.#initial.map((container) => container.state());
    const crashed = states.some(({ waiting }) => waiting === 'CrashLoopBackOff');
    const done = states.filter(({ waiting }) => waiting === 'Completed').length;
    return { progress: `Init:${crashed ? 'CrashLoopBackOff' : `${done}/${states.length}`}` };
  }

  #tell(message: string): void {
    this.#message = message;
    this.options.onChange();
  }
}
