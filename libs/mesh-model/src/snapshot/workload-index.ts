import {
  workloadEntryDefaults,
  type Labels,
  type Node,
  type Pod,
  type WorkloadEntry,
} from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import type { LocalityIr, MtlsMode, WorkloadIr } from '@istio-ts/mesh-ir';
import { expandMap, groupMap, intern, lookupMap, projectMap, unionMaps, type Slot } from '../derive/index.js';
import { parseLocality, noLocality, topologyLocality } from './locality.js';
import { workloadModes, type MtlsModes, type NamespacePolicies, type PolicyIndex } from './policy-index.js';
import { canonicalName, canonicalRevision, podWorkloadName } from './workload-name.js';

/** Something that serves: a running pod, or a WorkloadEntry. */
export interface Workload {
  readonly kind: 'pod' | 'workload-entry';
  /** Name of the object. */
  readonly name: string;
  readonly namespace: string;
  readonly addresses: readonly string[];
  readonly labels: Labels;
  readonly serviceAccount: string;
  readonly locality: LocalityIr;
  readonly network: string;
  /** Declared ports by name: container ports of a pod, `ports` of a WorkloadEntry. */
  readonly ports: Readonly<Record<string, number>>;
  readonly weight: number;
  readonly ready: boolean;
  /** Whether a proxy stands before it that takes mutual TLS. */
  readonly meshed: boolean;
  readonly modes: MtlsModes;
  readonly identity: WorkloadIr;
}

export interface WorkloadIndex {
  readonly all: SortedMap<Workload>;
  readonly byAddress: SortedMap<SortedMap<Workload>>;
  readonly byNamespace: SortedMap<SortedMap<Workload>>;
  /** WorkloadEntries alone: Kubernetes makes no endpoints for them. */
  readonly entriesByNamespace: SortedMap<SortedMap<Workload>>;
}

interface Sources {
  readonly pods: SortedMap<Pod>;
  readonly nodes: SortedMap<Node>;
  readonly entries: SortedMap<WorkloadEntry>;
  readonly policies: PolicyIndex;
  readonly clusterId: string;
}

/** The label that tells that a workload's proxy takes mutual TLS of the mesh; injection sets it. */
export const tlsModeLabel = 'security.istio.io/tlsMode';

type Unprotected = Omit<Workload, 'modes'>;

const localities = expandMap((node: Node) => [
  [node.metadata.name, intern(topologyLocality(node.metadata.labels))],
]);

const podWorkloads = lookupMap<Pod, LocalityIr, Unprotected>({
  refs: (pod) => (pod.spec.nodeName === undefined ? [] : [pod.spec.nodeName]),
  compute: (pod, nodes) => workloadOfPod(pod, nodes),
});

const entryWorkloads = projectMap((entry: WorkloadEntry, clusterId: string) =>
  workloadOfEntry(entry, clusterId),
);

const protect = lookupMap<Unprotected, NamespacePolicies, Workload, MtlsMode>({
  refs: ({ namespace }) => [namespace],
  compute: (workload, policies, meshMode) => ({
    ...workload,
    modes: workloadModes(policies.get(workload.namespace), meshMode, workload.labels),
  }),
});

const allWorkloads = unionMaps<Unprotected>();
const groupByAddress = groupMap((workload: Workload) =>
  workload.addresses.map((address) => [address, workload] as const),
);
const groupByNamespace = groupMap((workload: Workload) => [[workload.namespace, workload]]);
const groupEntries = groupMap((workload: Workload) =>
  workload.kind === 'pod' ? [] : [[workload.namespace, workload] as const],
);

/** Indexes what serves by name, address and namespace. */
export function indexWorkloads(
  slot: Slot,
  { pods, nodes, entries, policies, clusterId }: Sources,
): WorkloadIndex {
  const fromPods = podWorkloads(slot, pods, localities(slot, nodes, undefined), undefined);
  const unprotected = allWorkloads(slot, fromPods, entryWorkloads(slot, entries, clusterId));
  const all = protect(slot, unprotected, policies.byNamespace, policies.meshMode);
  return {
    all,
    byAddress: groupByAddress(slot, all, undefined),
    byNamespace: groupByNamespace(slot, all, undefined),
    entriesByNamespace: groupEntries(slot, all, undefined),
  };
}

function workloadOfPod(pod: Pod, nodes: SortedMap<LocalityIr>): Unprotected | undefined {
  const { metadata, spec, status, origin } = pod;
  const addresses = (status?.podIPs ?? []).flatMap(({ ip }) => ip ?? []);
  const all = addresses.length > 0 ? addresses : [status?.podIP ?? ''].filter((ip) => ip !== '');
  if (all.length === 0 || status?.phase === 'Succeeded' || status?.phase === 'Failed') return undefined;
  const { labels, namespace, name } = metadata;
  const own = labels['istio-locality'];
  const onNode = spec.nodeName === undefined ? undefined : nodes.get(spec.nodeName);
  return {
    kind: 'pod',
    name,
    namespace,
    addresses: all,
    labels,
    serviceAccount: spec.serviceAccountName ?? spec.serviceAccount ?? 'default',
    locality: own === undefined ? (onNode ?? noLocality) : intern(parseLocality(own.replaceAll('.', '/'))),
    network: labels['topology.istio.io/network'] ?? '',
    ports: portsOfPod(pod),
    weight: 1,
    ready: status?.conditions?.find(({ type }) => type === 'Ready')?.status !== 'False',
    meshed: labels[tlsModeLabel] === 'istio',
    identity: identify(podWorkloadName(pod), namespace, { labels, clusterId: origin.cluster }),
  };
}

function portsOfPod({ spec }: Pod): Readonly<Record<string, number>> {
  const ports = (spec.containers ?? []).flatMap((container) => container.ports ?? []);
  return Object.fromEntries(
    ports.flatMap(({ name, containerPort }) => (name === undefined ? [] : [[name, containerPort]])),
  );
}

function workloadOfEntry({ metadata, spec }: WorkloadEntry, clusterId: string): Unprotected | undefined {
  if (spec.address === undefined || spec.address === '') return undefined;
  const { namespace, name } = metadata;
  const labels = { ...metadata.labels, ...spec.labels };
  return {
    kind: 'workload-entry',
    name,
    namespace,
    addresses: [spec.address],
    labels,
    serviceAccount: spec.serviceAccount ?? '',
    locality: intern(parseLocality(spec.locality ?? labels['istio-locality']?.replaceAll('.', '/') ?? '')),
    network: spec.network ?? labels['topology.istio.io/network'] ?? '',
    ports: spec.ports ?? {},
    weight: spec.weight ?? workloadEntryDefaults.weight,
    ready: true,
    meshed: isEntryMeshed(labels, spec.serviceAccount),
    identity: identify(labels['service.istio.io/workload-name'] ?? name, namespace, { labels, clusterId }),
  };
}

/** A WorkloadEntry with an account has a proxy, unless its labels say otherwise. */
export function isEntryMeshed(labels: Labels, serviceAccount: string | undefined): boolean {
  return (labels[tlsModeLabel] ?? (serviceAccount === undefined ? 'disabled' : 'istio')) === 'istio';
}

/** Who a workload is, as peers learn it from endpoint metadata. */
export function identify(
  name: string,
  namespace: string,
  { labels, clusterId }: { readonly labels: Labels; readonly clusterId: string },
): WorkloadIr {
  return intern({
    name,
    namespace,
    canonicalName: canonicalName(labels, name),
    canonicalRevision: canonicalRevision(labels),
    cluster: clusterId,
  });
}
