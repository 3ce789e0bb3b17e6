import { randomBytes, randomUUID } from 'node:crypto';
import { chown, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundles } from '../deploy/bundles.js';
import type { Build } from '../deploy/component.js';
import { renderResolvConf } from '../dns/resolv-conf.js';
import { bareImageName, type ImageEntry } from '../images/image-table.js';
import type { AddressPool } from '../network/ip-range.js';
import { logFolder, podFolder, type MeshPaths } from '../runtime/mesh-paths.js';
import { Pod } from '../runtime/pod.js';
import { renderDownward, writePodFile, writeVolumes } from '../runtime/pod-files.js';
import {
  planContainers,
  type ContainerPlan,
  type PlanContext,
  type PodIdentity,
} from '../runtime/pod-plan.js';
import { captureCommand, planProxy } from '../runtime/proxy-plan.js';
import type { Sandbox, SandboxFactory } from '../runtime/sandbox.js';
import type { TokenIssuer } from '../runtime/token-issuer.js';
import { proxyUser } from '../runtime/namespace-sandbox.js';
import type { KubeObject } from '../store/kube-object.js';
import type { PodGroup } from '../workloads/desired-pods.js';
import { podLabels, type Injection } from '../workloads/injection.js';
import type { PlatformPlan } from './platform-plan.js';

export interface PodBuilderOptions {
  readonly paths: MeshPaths;
  readonly bundles: Bundles;
  /** The data folder as the machine sees it. */
  readonly data: string;
  readonly sandboxes: SandboxFactory;
  readonly addresses: AddressPool;
  readonly images: readonly ImageEntry[];
  readonly tokens: TokenIssuer;
  readonly tokenLifetimeSeconds: number;
  readonly plan: PlatformPlan;
  readonly nodeName: string;
  readonly rootCertificate: string;
  readonly captureRules: 'nft' | 'iptables';
  readonly platformEnvironment: Readonly<Record<string, string>>;
}

/** What a new pod finds when it is made. */
export interface PodSurroundings {
  readonly injection: Injection;
  readonly serviceEnvironment: Readonly<Record<string, string>>;
  /** Ranges that capture leaves alone. */
  readonly excludedRanges: readonly string[];
  readonly find: (kind: 'ConfigMap' | 'Secret', name: string) => KubeObject | undefined;
  /** MeshConfig as text, whose `defaultConfig` is the base of the proxy's configuration. */
  readonly meshConfig: string | undefined;
  readonly onChange: () => void;
}

/** Makes pods: names and addresses them, plans their containers, writes their files. */
export class PodBuilder {
  constructor(private readonly options: PodBuilderOptions) {}

  build(wanted: PodGroup, surroundings: PodSurroundings): Pod {
    const { options } = this;
    const labels = podLabels(wanted, surroundings.injection);
    const group = { ...wanted, template: { ...wanted.template, labels } };
    const identity = this.#identify(group);
    const folder = podFolder(options.paths, identity.namespace, identity.name);
    const context: PlanContext = {
      ...options,
      ...surroundings,
      identity,
      group,
      sharesNetwork: !options.plan.namespaces,
    };
    const isGateway = surroundings.injection === 'gateway';
    const proxy = surroundings.injection === 'none' ? undefined : planProxy(context, options.plan);
    const { containers, initContainers } = group.template;
    const applications = planContainers(containers, context).filter(
      ({ name }) => !isGateway || name !== 'istio-proxy',
    );
    const captures = surroundings.injection === 'sidecar' && options.sandboxes.captures;
    return new Pod({
      identity,
      group,
      injection: surroundings.injection,
      build: this.#buildOf(group, surroundings.injection),
      initial: planContainers(initContainers, context),
      applications,
      proxy,
      capture: captures ? this.#captureOf(surroundings) : undefined,
      folder,
      logs: logFolder(options.data, identity.namespace, identity.name),
      userId: (plan) => this.#userId(plan),
      createSandbox: () => this.#createSandbox({ identity, group, folder, surroundings }),
      onChange: surroundings.onChange,
    });
  }

  /** Whether two pods of a group cannot be at once: their address is fixed. */
  isAlone({ owner }: PodGroup): boolean {
    return this.options.plan.controlPlaneAddress !== undefined && isControlPlane(owner);
  }

  /** Whether pods that are made now get another build than this one. */
  isOutdated({ options: { build } }: Pod): boolean {
    return build !== undefined && this.options.bundles.current(build.component).id !== build.id;
  }

  /** Gives the address of a pod that is gone to others. */
  release(pod: Pod): void {
    if (pod.identity.address !== this.options.plan.controlPlaneAddress)
      this.options.addresses.give(pod.identity.address);
  }

  /** Writes a fresh token into a pod's folder. */
  async renewToken(pod: Pod): Promise<void> {
    const { identity, group, folder } = pod.options;
    await this.#writeToken(identity, group, folder);
  }

  /** Writes the present root certificate(s) into a pod's folder. */
  async renewRoot({ options: { folder } }: Pod): Promise<void> {
    const roots = await readFile(this.options.rootCertificate);
    await writePodFile(join(folder, 'var/run/secrets/istio/root-cert.pem'), roots);
  }

  #captureOf({ excludedRanges }: PodSurroundings): readonly string[] {
    const { plan, captureRules: rules } = this.options;
    return captureCommand(excludedRanges, { socketMark: plan.socketMark, rules });
  }

  #identify(group: PodGroup): PodIdentity {
    const { namespace, name } = group.owner;
    const { addresses, nodeName, plan } = this.options;
    const nodeAddress = plan.network.gateway;
    const fixed = isControlPlane(group.owner) ? plan.controlPlaneAddress : undefined;
    const podName = group.owner.kind === 'Pod' ? name : `${name}-${group.revision}-${suffix()}`;
    return {
      namespace,
      name: podName,
      uid: randomUUID(),
      address: fixed ?? addresses.take(),
      nodeName,
      nodeAddress,
    };
  }

  #buildOf({ template }: PodGroup, injection: Injection): Build | undefined {
    const { bundles } = this.options;
    if (injection !== 'none') return bundles.current(injection === 'gateway' ? 'gateway' : 'agent');
    const isIstiod = template.containers.some(({ image }) => bareImageName(image) === 'istio-ts/istiod');
    return isIstiod ? bundles.current('istiod') : undefined;
  }

  async #createSandbox(pod: NewPod): Promise<Sandbox> {
    const { identity, group, folder, surroundings } = pod;
    await mkdir(folder, { recursive: true });
    if (surroundings.injection !== 'none') await this.#writeProxyFiles(pod);
    return this.options.sandboxes.create({
      namespace: identity.namespace,
      pod: identity.name,
      address: identity.address,
      hostname: identity.name,
      folder,
      resolvConf: renderResolvConf(identity.namespace, this.options.plan.network.gateway),
      mounts: await writeVolumes(group.template, folder, surroundings.find),
    });
  }

  async #writeProxyFiles({ identity, group, folder, surroundings }: NewPod): Promise<void> {
    const { template } = group;
    const owner = this.#proxyOwner();
    const secrets = join(folder, 'var/run/secrets');
    await this.#writeToken(identity, group, folder);
    await writePodFile(join(secrets, 'istio/root-cert.pem'), await readFile(this.options.rootCertificate));
    await writePodFile(join(folder, 'etc/istio/pod/labels'), renderDownward(template.labels));
    await writePodFile(join(folder, 'etc/istio/pod/annotations'), renderDownward(template.annotations));
    const { meshConfig } = surroundings;
    if (meshConfig !== undefined) await writePodFile(join(folder, 'etc/istio/config/mesh'), meshConfig);
    for (const name of proxyFolders) {
      await makeOwnFolder(join(folder, name), owner);
    }
  }

  async #writeToken(identity: PodIdentity, group: PodGroup, folder: string): Promise<void> {
    const subject = {
      namespace: identity.namespace,
      serviceAccount: group.template.serviceAccount,
      serviceAccountUid: `${identity.namespace}-${group.template.serviceAccount}`,
      pod: identity.name,
      podUid: identity.uid,
    };
    const token = this.options.tokens.issue(
      subject,
      this.options.tokenLifetimeSeconds,
      Math.floor(Date.now() / 1000),
    );
    const access = { mode: 0o600, owner: this.#proxyOwner() } as const;
    await writePodFile(join(folder, 'var/run/secrets/tokens/istio-token'), token, access);
  }

  #proxyOwner(): number | undefined {
    return this.options.plan.manyIds ? proxyUser : undefined;
  }

  #userId({ user }: ContainerPlan): number | undefined {
    if (!this.options.plan.manyIds || user === 'root') return undefined;
    return user === 'proxy' ? proxyUser : user.uid;
  }
}

function isControlPlane({ namespace, name }: PodGroup['owner']): boolean {
  return namespace === 'istio-system' && name === 'istiod';
}

/** Where the agent writes; the first is the parent of folders that it makes itself. */
const proxyFolders = ['etc/istio', 'etc/istio/proxy', 'var/run/secrets/workload-spiffe-uds'] as const;

interface NewPod {
  readonly identity: PodIdentity;
  readonly group: PodGroup;
  readonly folder: string;
  readonly surroundings: PodSurroundings;
}

async function makeOwnFolder(folder: string, owner: number | undefined): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (owner !== undefined) await chown(folder, owner, owner);
}

/** Five characters without vowels, so that no words come out. */
function suffix(): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => alphabet[byte % alphabet.length] ?? 'x').join('');
}
