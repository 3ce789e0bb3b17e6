import type { Labels } from '@istio-ts/config-model';
import type { World } from '../analyzer.js';
import type { Pod } from './pods.js';

/** Name of the container that is the proxy. */
export const proxyContainer = 'istio-proxy';

const injectName = 'sidecar.istio.io/inject';
export const injectionLabel = 'istio-injection';
export const revisionLabel = 'istio.io/rev';
export const dataplaneModeLabel = 'istio.io/dataplane-mode';
const redirectionAnnotation = 'ambient.istio.io/redirection';

interface Workload {
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** What a workload says itself of injection; the label counts before the annotation. */
export function ownInjection({ labels, annotations }: Omit<Workload, 'namespace'>): string | undefined {
  return (labels[injectName] ?? annotations[injectName])?.toLowerCase();
}

/** Whether a workload gets a proxy: by its own word, else by its namespace's. */
export function isInjected(workload: Workload, world: World): boolean {
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
  return labels[dataplaneModeLabel] === 'ambient' && !namespaceInjects(labels);
}

export function isAmbientPod({ metadata }: Pod): boolean {
  return metadata.annotations[redirectionAnnotation] === 'enabled';
}

export function isPodInMesh(pod: Pod, world: World): boolean {
  if (isAmbientPod(pod)) return true;
  if (pod.spec.hostNetwork === true) return false;
  return hasProxy(pod) || isInjected(pod.metadata, world);
}

export function hasProxy({ spec: { containers = [], initContainers = [] } }: Pod): boolean {
  return [...containers, ...initContainers].some(({ name }) => name === proxyContainer);
}
