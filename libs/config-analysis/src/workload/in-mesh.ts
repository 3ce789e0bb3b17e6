import type { Labels, PodSpec } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import type { World } from '../analyzer.js';
import type { Pod } from './pods.js';

/** Name of the container that is the proxy. */
export const proxyContainer = 'istio-proxy';

const injectName = 'sidecar.istio.io/inject';
export const injectionLabel = 'istio-injection';
export const revisionLabel = 'istio.io/rev';
export const dataplaneModeLabel = 'istio.io/dataplane-mode';
const redirectionAnnotation = 'ambient.istio.io/redirection';

/** A pod, or what a Deployment makes pods of. */
export interface Workload {
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: PodSpec;
}

export function templateOf({ metadata, spec }: ObjectOf<'Deployment'>): Workload {
  const { metadata: own, spec: pod = {} } = spec.template ?? {};
  return {
    namespace: metadata.namespace,
    labels: own?.labels ?? {},
    annotations: own?.annotations ?? {},
    spec: pod,
  };
}

/** What a workload says itself of injection; the label counts before the annotation. */
export function ownInjection({
  labels,
  annotations,
}: Pick<Workload, 'labels' | 'annotations'>): string | undefined {
  return (labels[injectName] ?? annotations[injectName])?.toLowerCase();
}

/** Whether a workload has a proxy, or gets one: by its own word, else by its namespace's. */
export function isInMesh(workload: Workload, world: World): boolean {
  if (hasProxy(workload.spec)) return true;
  if (workload.spec.hostNetwork === true) return false;
  const own = ownInjection(workload);
  if (own !== undefined) return own === 'true';
  return namespaceInjects(world.get('Namespace', '', workload.namespace)?.metadata.labels ?? {});
}

export function namespaceInjects(labels: Labels): boolean {
  const said = labels[injectionLabel];
  return said === undefined ? labels[revisionLabel] !== undefined : said === 'enabled';
}

/** Whether the pods of a namespace are captured by the node and have no proxy of their own. */
export function isAmbientNamespace(labels: Labels): boolean {
  if (labels[injectionLabel] === 'enabled' || (labels[revisionLabel] ?? '') !== '') return false;
  return labels[dataplaneModeLabel] === 'ambient';
}

export function isAmbientPod({ metadata }: Pod): boolean {
  return metadata.annotations[redirectionAnnotation] === 'enabled';
}

export function isPodInMesh(pod: Pod, world: World): boolean {
  return isAmbientPod(pod) || isInMesh({ ...pod.metadata, spec: pod.spec }, world);
}

export function hasProxy({ containers = [], initContainers = [] }: PodSpec): boolean {
  return [...containers, ...initContainers].some(({ name }) => name === proxyContainer);
}
