import { labelsSubsetOf, type Gateway } from '@istio-ts/config-model';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { intern } from '../derive/index.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { ownPorts } from './inbound-class.js';
import { clusterClassOf, matchingSelectors, type ClusterClass } from './proxy-class.js';

/** A gateway proxy by the Gateways that pick it and the ports that its services lead to. */
export interface GatewayClass {
  readonly cluster: ClusterClass;
  readonly namespace: string;
  readonly selectors: readonly string[];
  /** `namespace/name`, sorted. */
  readonly gateways: readonly string[];
  /** Service port → port of the proxy; a port that is not there is its own. */
  readonly ports: readonly (readonly [number, number])[];
  readonly bind: string;
  readonly unprivileged: boolean;
}

export function gatewayClassOf(snapshot: MeshSnapshot, node: ProxyNode): GatewayClass {
  return intern({
    cluster: clusterClassOf(snapshot, node),
    namespace: node.namespace,
    selectors: matchingSelectors(snapshot, node),
    gateways: [...snapshot.gateways]
      .filter(([, gateway]) => picks(gateway, node, snapshot))
      .map(([name]) => name),
    ports: servicePorts(snapshot, node),
    bind: node.interception === 'none' ? node.bindAddress : '0.0.0.0',
    unprivileged: node.unprivileged,
  });
}

function picks({ spec, metadata }: Gateway, node: ProxyNode, { settings }: MeshSnapshot): boolean {
  if (settings.scopeGatewayToNamespace && metadata.namespace !== node.namespace) return false;
  return labelsSubsetOf(spec.selector, node.labels);
}

/** The port of the proxy that a server's port stands for; undefined where this proxy cannot listen there. */
export function resolvedPort({ ports, unprivileged }: GatewayClass, serverPort: number): number | undefined {
  const port = ports.find(([from]) => from === serverPort)?.[1] ?? serverPort;
  return unprivileged && port < 1024 ? undefined : port;
}

function servicePorts(snapshot: MeshSnapshot, node: ProxyNode): readonly (readonly [number, number])[] {
  const ports = new Map<number, number>();
  for (const { service, port, target } of ownPorts(snapshot, node)) {
    if (service.translatesPorts && !ports.has(port.number)) ports.set(port.number, target);
  }
  return [...ports].sort(([a], [b]) => a - b);
}
