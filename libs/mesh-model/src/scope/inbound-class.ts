import { isHttp, labelsMatch, type Protocol } from '@istio-ts/config-model';
import type { InboundPortIr, InboundProtocolIr, ProxyNode, ServiceRefIr } from '@istio-ts/mesh-ir';
import { intern } from '../derive/index.js';
import { workloadPort } from '../snapshot/entry-endpoints.js';
import { compareServices, type MeshPort, type MeshService } from '../snapshot/mesh-service.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { modeAt, workloadModes, type MtlsModes } from '../snapshot/policy-index.js';
import type { Workload } from '../snapshot/workload-index.js';

/** The inbound side of a sidecar by its shape: what it serves and how, never whose it is. */
export interface InboundClass {
  readonly ports: readonly ServedPort[];
  readonly modes: MtlsModes;
  readonly interception: ProxyNode['interception'];
  /** Of an uncaptured proxy: where its listeners are bound. */
  readonly bind: string;
}

export interface ServedPort {
  readonly port: InboundPortIr;
  /** All services that declare it, the oldest first. */
  readonly services: readonly ServiceRefIr[];
  /** Where the application listens; the target port itself unless nothing is captured. */
  readonly applicationPort: number;
}

/** The services that a proxy's workload serves, by its labels, the oldest first. */
export function ownServices(snapshot: MeshSnapshot, node: ProxyNode): readonly MeshService[] {
  const candidates = snapshot.services.selecting.get(node.namespace)?.values() ?? [];
  return [...candidates].filter(({ selector }) => labelsMatch(selector, node.labels)).sort(compareServices);
}

export function inboundClassOf(snapshot: MeshSnapshot, node: ProxyNode): InboundClass {
  const { policies } = snapshot;
  const modes = workloadModes(policies.byNamespace.get(node.namespace), policies.meshMode, node.labels);
  const captured = node.interception !== 'none';
  return intern({
    ports: servedPorts(snapshot, node, modes),
    modes,
    interception: node.interception,
    bind: captured ? '' : node.bindAddress,
  });
}

/** The workload that the proxy stands before, as far as the mesh knows it. */
export function ownWorkload({ workloads }: MeshSnapshot, node: ProxyNode): Workload | undefined {
  const found = node.ipAddresses.flatMap((ip) => [...(workloads.byAddress.get(ip)?.values() ?? [])]);
  return (
    found.find(({ name }) => name === node.name) ??
    found.find(({ namespace }) => namespace === node.namespace)
  );
}

function servedPorts(snapshot: MeshSnapshot, node: ProxyNode, modes: MtlsModes): readonly ServedPort[] {
  const workload = ownWorkload(snapshot, node) ?? { kind: 'pod' as const, ports: {} };
  const served = new Map<number, ServedPort>();
  for (const service of ownServices(snapshot, node)) {
    for (const port of service.ports) {
      const target = workloadPort(workload, port);
      if (target === undefined || port.protocol === 'UDP') continue;
      const { host, name, namespace } = service;
      const ref: ServiceRefIr = { host, name, namespace };
      const before = served.get(target);
      if (before !== undefined) served.set(target, { ...before, services: [...before.services, ref] });
      else served.set(target, servedPort({ target, port, ref }, node, modes));
    }
  }
  return [...served.values()].sort((a, b) => a.port.targetPort - b.port.targetPort);
}

function servedPort(
  { target, port, ref }: { readonly target: number; readonly port: MeshPort; readonly ref: ServiceRefIr },
  node: ProxyNode,
  modes: MtlsModes,
): ServedPort {
  const applicationPort = node.interception === 'none' ? node.applicationPorts[String(target)] : undefined;
  return {
    port: {
      targetPort: target,
      servicePort: port.number,
      protocol: inboundProtocol(port.protocol),
      mtls: modeAt(modes, target),
      service: ref,
    },
    services: [ref],
    applicationPort: applicationPort ?? target,
  };
}

function inboundProtocol(protocol: Protocol): InboundProtocolIr {
  switch (protocol) {
    case 'HTTP2':
      return 'http2';
    case 'GRPC':
      return 'grpc';
    case 'GRPC-Web':
      return 'grpc-web';
    case 'Unsupported':
      return 'auto';
    default:
      return isHttp(protocol) ? 'http' : 'tcp';
  }
}
