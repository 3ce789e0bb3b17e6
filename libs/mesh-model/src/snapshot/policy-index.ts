import { labelsSubsetOf, type Labels, type MutualTls, type PeerAuthentication } from '@istio-ts/config-model';
import { memo, type SortedMap } from '@istio-ts/foundation';
import type { MtlsMode } from '@istio-ts/mesh-ir';
import { groupMap, intern, projectMap, type Slot } from '../derive/index.js';
import { compareAge } from './origin.js';

/** Which mutual TLS a workload takes: on its ports in general, and on ports with a mode of their own. */
export interface MtlsModes {
  readonly mode: MtlsMode;
  readonly ports: readonly { readonly port: number; readonly mode: MtlsMode }[];
}

/** The PeerAuthentications that act in one namespace, in order of precedence. */
export interface NamespacePolicies {
  /** Mode of workloads that no selector picks; undefined where the namespace leaves it to the mesh. */
  readonly mode: MtlsMode | undefined;
  readonly selected: readonly PeerAuthentication[];
}

export interface PolicyIndex {
  readonly meshMode: MtlsMode;
  readonly byNamespace: SortedMap<NamespacePolicies>;
}

const none: NamespacePolicies = { mode: undefined, selected: [] };

const byNamespace = groupMap((policy: PeerAuthentication) => [[policy.metadata.namespace, policy]]);

const namespacePolicies = projectMap((group: SortedMap<PeerAuthentication>): NamespacePolicies => {
  const policies = [...group.values()].sort(compareAge);
  const general = policies.find((policy) => !hasSelector(policy));
  return { mode: modeOf(general?.spec.mtls), selected: policies.filter(hasSelector) };
});

/** Sorts policies by namespace. The general policy of the root namespace is the mesh's; the oldest one counts. */
export function indexPolicies(
  slot: Slot,
  policies: SortedMap<PeerAuthentication>,
  rootNamespace: string,
): PolicyIndex {
  return policyIndex(
    namespacePolicies(slot, byNamespace(slot, policies, undefined), undefined),
    rootNamespace,
  );
}

const policyIndex = memo((index: SortedMap<NamespacePolicies>, rootNamespace: string): PolicyIndex => ({
  meshMode: index.get(rootNamespace)?.mode ?? 'permissive',
  byNamespace: index,
}));

/** Mode of the workloads of a namespace that no selector picks: what clients infer for a service. */
export function namespaceMode({ meshMode, byNamespace: index }: PolicyIndex, namespace: string): MtlsMode {
  return index.get(namespace)?.mode ?? meshMode;
}

/**
 * The modes of one workload: the oldest policy whose selector picks it, over its namespace's, over the mesh's; UNSET takes
 * the mode of the level above. A selector acts in its own namespace only, in the root namespace too.
 */
export function workloadModes(
  policies: NamespacePolicies | undefined,
  meshMode: MtlsMode,
  labels: Labels,
): MtlsModes {
  const { mode, selected } = policies ?? none;
  const own = selected.find(({ spec }) => labelsSubsetOf(spec.selector?.matchLabels, labels))?.spec;
  const general = modeOf(own?.mtls) ?? mode ?? meshMode;
  const ports = Object.entries(own?.portLevelMtls ?? {})
    .map(([port, mtls]) => ({ port: Number(port), mode: modeOf(mtls) ?? general }))
    .sort((a, b) => a.port - b.port);
  return intern({ mode: general, ports });
}

export function modeAt(modes: MtlsModes, port: number): MtlsMode {
  return modes.ports.find((entry) => entry.port === port)?.mode ?? modes.mode;
}

function hasSelector({ spec }: PeerAuthentication): boolean {
  return Object.keys(spec.selector?.matchLabels ?? {}).length > 0;
}

function modeOf(mtls: MutualTls | undefined): MtlsMode | undefined {
  switch (mtls?.mode) {
    case 'DISABLE':
      return 'disable';
    case 'PERMISSIVE':
      return 'permissive';
    case 'STRICT':
      return 'strict';
    case 'UNSET':
    case undefined:
      return undefined;
  }
}
