import { setTimeout as sleep } from 'node:timers/promises';
import type { DnsZone } from '../dns/zone.js';
import type { ServiceRule } from '../network/service-rules.js';
import type { Pod } from '../runtime/pod.js';
import { idOf, keyOf, type KubeObject } from '../store/kube-object.js';
import type { ManifestFolder } from '../store/manifest-folder.js';
import type { ObjectFiles } from '../store/object-files.js';
import { ObjectView } from '../store/object-store.js';
import type { ClusterIps } from '../workloads/cluster-ips.js';
import { podGroups, type PodGroup } from '../workloads/desired-pods.js';
import { endpointSlicesOf, endpointsOf } from '../workloads/endpoint-slices.js';
import { decideInjection } from '../workloads/injection.js';
import { decidePods } from '../workloads/pod-decisions.js';
import { podObject } from '../workloads/pod-object.js';
import { readService, type Service } from '../workloads/service.js';
import { serviceEnvironment } from '../workloads/service-environment.js';
import { impliedObjects, nodeObject } from '../workloads/surroundings.js';
import { meshConfigKey } from '../store/admission.js';
import { textAt } from '../store/json-record.js';
import type { PodBuilder } from './pod-builder.js';

export interface MeshOptions {
  readonly folder: ManifestFolder;
  readonly applied: ObjectFiles;
  readonly runtime: ObjectFiles;
  readonly builtIn: readonly KubeObject[];
  readonly clusterIps: ClusterIps;
  readonly builder: PodBuilder;
  readonly node: { readonly name: string; readonly address: string };
  /** Puts the translation of service addresses in force. */
  readonly applyServiceRules: (rules: readonly ServiceRule[]) => Promise<void>;
  /** Excluded from capture in every pod. */
  readonly excludedRanges: (services: readonly Service[]) => readonly string[];
  /** Whether pods get proxies at all. */
  readonly injects: boolean;
  /** Resolves when pods with a proxy may be started: the control plane is there. */
  readonly controlPlaneReady: Promise<void>;
  readonly onProblem: (thrown: unknown) => void;
}

const firstRetryMs = 500;
const longestRetryMs = 10_000;

/**
 * Keeps the running pods, the stored runtime objects, the names and the translation of service addresses equal to what
 * the manifests ask for. Level-triggered: every round looks at everything and does what is still missing.
 */
export class Mesh {
  #view: ObjectView;
  #services: readonly KubeObject[] = [];
  readonly #pods = new Map<string, Pod>();
  #dirty = true;
  #wake: () => void = () => undefined;
  #rules = '';
  #retryMs = firstRetryMs;
  readonly #waiting: (() => void)[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(private readonly options: MeshOptions) {
    this.#view = new ObjectView({ builtIn: options.builtIn, folder: [], applied: [] });
  }

  get view(): ObjectView {
    return this.#view;
  }

  get pods(): readonly Pod[] {
    return [...this.#pods.values()];
  }

  /** The objects in force together with those that this platform itself made. */
  objects(): readonly KubeObject[] {
    const runtime = this.options.runtime.objects;
    const overlaid = new Set(runtime.map((object) => idOf(object)));
    const written = this.#view.all().map(({ object }) => object);
    return [...written.filter((object) => !overlaid.has(idOf(object))), ...runtime].map((object) =>
      object.kind === 'Deployment' ? this.#withStatus(object) : object,
    );
  }

  get zone(): DnsZone {
    return { services: this.#services.map(readService), pods: this.pods.map((pod) => pod.state()) };
  }

  /** Asks for a round soon: something changed. */
  touch(): void {
    this.#dirty = true;
    this.#wake();
  }

  /** Calls back after each round in which something may have changed; returns how to stop it. */
  onRound(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the manifests again. */
  async reload(): Promise<void> {
    const { folder, applied, builtIn } = this.options;
    await folder.read();
    this.#view = new ObjectView({ builtIn, folder: folder.objects, applied: applied.objects });
    this.touch();
  }

  /** Works until the signal aborts, then ends every pod. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wake());
    while (!signal.aborted) {
      if (this.#dirty) await this.#round();
      else await new Promise<void>((resolve) => (this.#wake = resolve));
      await sleep(5);
    }
    await Promise.all(this.pods.map((pod) => pod.stop(true)));
  }

  /** Ends one pod, first for those who call it, then itself; its owner gets a new one. */
  endPod(id: string): void {
    const pod = this.#pods.get(id);
    if (pod === undefined || pod.ending) return;
    pod.beginEnding();
    void this.#nextRound()
      .then(() => pod.stop(false))
      .catch(this.options.onProblem)
      .finally(() => {
        this.#pods.delete(id);
        this.options.builder.release(pod);
        this.touch();
      });
  }

  /** What the controller of Deployments would report. */
  #withStatus(deployment: KubeObject): KubeObject {
    const { namespace, name } = keyOf(deployment);
    const own = this.pods
      .map((pod) => pod.state())
      .filter((pod) => pod.owner.name === name && pod.namespace === namespace);
    const readyReplicas = own.filter(({ ready }) => ready).length;
    return {
      ...deployment,
      status: { replicas: own.length, readyReplicas, availableReplicas: readyReplicas },
    };
  }

  /** Resolves when what is known now has been carried out. */
  #nextRound(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.touch();
    });
  }

  async #round(): Promise<void> {
    this.#dirty = false;
    const waiting = this.#waiting.splice(0);
    try {
      const objects = this.#view.all().map(({ object }) => object);
      this.#services = this.options.clusterIps.assign(this.#view.ofKind('Service'));
      const groups = podGroups(objects);
      this.#decide(groups);
      await this.#writeRuntime(objects, groups);
      await this.#applyRules();
      this.#retryMs = firstRetryMs;
    } catch (thrown) {
      this.options.onProblem(thrown);
      this.#retryLater();
    }
    for (const resolve of waiting) resolve();
    for (const listener of this.#listeners) listener();
  }

  /** What could not be written or put in force is tried again although nothing changes any more. */
  #retryLater(): void {
    setTimeout(() => this.touch(), this.#retryMs).unref();
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  #decide(groups: readonly PodGroup[]): void {
    const existing = [...this.#pods].map(([id, pod]) => ({
      id,
      owner: pod.options.group.owner,
      revision: pod.options.group.revision,
      outdated: this.options.builder.isOutdated(pod),
      ready: pod.state().ready,
      ending: pod.ending,
    }));
    const { start, stop } = decidePods(groups, existing, (group) => this.options.builder.isAlone(group));
    for (const id of stop) this.endPod(id);
    for (const group of start) this.#startPod(group);
  }

  #startPod(group: PodGroup): void {
    const { namespace } = group.owner;
    const services = this.#services.map(readService);
    const namespaceObject = this.#view.get({ kind: 'Namespace', namespace: '', name: namespace })?.object;
    const labels = namespaceObject?.metadata.labels ?? {};
    const injection = this.options.injects ? decideInjection(group.template, labels) : 'none';
    const pod = this.options.builder.build(group, {
      injection,
      serviceEnvironment: serviceEnvironment(services, namespace),
      excludedRanges: this.options.excludedRanges(services),
      find: (kind, name) => this.#view.get({ kind, namespace, name })?.object,
      meshConfig: textAt(this.#view.get(meshConfigKey)?.object, 'data', 'mesh'),
      onChange: () => this.touch(),
    });
    this.#pods.set(`${namespace}/${pod.identity.name}`, pod);
    const mayStart = injection === 'none' ? Promise.resolve() : this.options.controlPlaneReady;
    void mayStart.then(() => (pod.ending ? undefined : pod.start())).catch(this.options.onProblem);
  }

  async #writeRuntime(objects: readonly KubeObject[], groups: readonly PodGroup[]): Promise<void> {
    const { node, runtime, builtIn } = this.options;
    const states = this.pods.map((pod) => ({ pod, state: pod.state() }));
    const running = states.map(({ state }) => state);
    await runtime.replaceAll([
      nodeObject(node.name, node.address),
      ...builtIn.filter(
        (object) => object.kind !== 'Service' && this.#view.get(keyOf(object))?.origin.kind === 'runtime',
      ),
      ...impliedObjects(objects, groups),
      ...this.#services,
      ...states.map(({ pod, state }) => podObject(state, pod.options.group.template.written, node.name)),
      ...this.#services.flatMap((service) => endpointSlicesOf(readService(service), running, node.name)),
    ]);
  }

  async #applyRules(): Promise<void> {
    const pods = this.pods.map((pod) => pod.state());
    const rules = this.#services.map(readService).flatMap((service) => serviceRules(service, pods));
    const text = JSON.stringify(rules);
    if (text === this.#rules) return;
    await this.options.applyServiceRules(rules);
    this.#rules = text;
  }
}

function serviceRules(service: Service, pods: Parameters<typeof endpointsOf>[2]): readonly ServiceRule[] {
  const { clusterIp } = service;
  if (clusterIp === undefined || clusterIp === 'None') return [];
  return service.ports.map((port) => ({
    address: clusterIp,
    port: port.port,
    protocol: port.protocol === 'UDP' ? 'udp' : 'tcp',
    targets: endpointsOf(service, port, pods).map((endpoint) => ({
      address: endpoint.address,
      port: endpoint.port,
    })),
  }));
}
