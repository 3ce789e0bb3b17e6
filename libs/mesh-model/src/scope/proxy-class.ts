import { labelsSubsetOf } from '@istio-ts/config-model';
import { memo } from '@istio-ts/foundation';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { intern, type Slot } from '../derive/index.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';

/**
 * Classes: per kind of output the canonical projection of a proxy that this output reads. Proxies of one class share the
 * output. Labels and names are never part of one: selectors are replaced by their outcome.
 */

/** Which services and rules are seen. Namespace '' stands for all namespaces that see what everyone sees. */
export interface ScopeClass {
  readonly namespace: string;
  /** Texts of the selectors in use that pick the proxy. */
  readonly selectors: readonly string[];
}

/** Clusters and endpoints. */
export interface ClusterClass {
  readonly scope: ScopeClass;
  readonly proxy: ProxyNode['type'];
}

/** Outbound routes and listeners of sidecars. */
export interface OutboundClass {
  readonly cluster: ClusterClass;
  readonly namespace: string;
  /** Suffix of the names that may be shortened: `svc.cluster.local`. */
  readonly domainSuffix: string;
  readonly selectors: readonly string[];
  /** Whether connections are captured; else there is the HTTP proxy alone. */
  readonly captured: boolean;
  readonly httpProxy: { readonly bind: string; readonly port: number } | undefined;
}

/** Outputs of one class of proxies in one mesh. */
export interface ClassSlot extends Slot {
  readonly mesh: Slot;
  readonly proxyClass: object;
}

export function scopeClassOf(snapshot: MeshSnapshot, node: ProxyNode): ScopeClass {
  if (!snapshot.ownViews.has(node.namespace)) return intern({ namespace: '', selectors: [] });
  return intern({ namespace: node.namespace, selectors: matchingSelectors(snapshot, node) });
}

export function clusterClassOf(snapshot: MeshSnapshot, node: ProxyNode): ClusterClass {
  return intern({ scope: scopeClassOf(snapshot, node), proxy: node.type });
}

export function outboundClassOf(snapshot: MeshSnapshot, node: ProxyNode): OutboundClass {
  const { namespace, dnsDomain, httpProxyPort, bindAddress } = node;
  return intern({
    cluster: clusterClassOf(snapshot, node),
    namespace,
    domainSuffix: dnsDomain.startsWith(`${namespace}.`) ? dnsDomain.slice(namespace.length + 1) : dnsDomain,
    selectors: matchingSelectors(snapshot, node),
    captured: node.interception !== 'none',
    httpProxy: httpProxyPort === undefined ? undefined : { bind: bindAddress, port: httpProxyPort },
  });
}

export function matchingSelectors({ selectors }: MeshSnapshot, { labels }: ProxyNode): readonly string[] {
  return [...selectors].filter(([, selector]) => labelsSubsetOf(selector, labels)).map(([text]) => text);
}

/** Where the outputs of a class are remembered; one a mesh. The classes of a mesh are a family. */
export const slotOf = memo((mesh: Slot, proxyClass: object): ClassSlot => ({
  mesh,
  proxyClass,
  family: mesh,
}));
