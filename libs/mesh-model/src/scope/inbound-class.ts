import { isHttp, labelsMatch, type Protocol } from '@istio-ts/config-model';
import {
  listenerName,
  type InboundPortIr,
  type InboundProtocolIr,
  type ProxyNode,
  type ServiceRefIr,
} from '@istio-ts/mesh-ir';
import { intern } from '../derive/index.js';
import { workloadPort } from '../snapshot/entry-endpoints.js';
import { compareServices, type MeshPort, type MeshService } from '../snapshot/mesh-service.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { compareText } from '../snapshot/origin.js';
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

/** The applications behind the inbound side: what clusters towards them read, which is nothing of any policy. */
export interface ApplicationClass {
  readonly ports: readonly ApplicationPort[];
  readonly captured: boolean;
  readonly bind: string;
}

export interface ApplicationPort {
  readonly targetPort: number;
  readonly protocol: InboundProtocolIr;
  /** All services that declare it, by host. */
  readonly services: readonly ServiceRefIr[];
  /** Where the application listens; the target port itself unless nothing is captured. */
  readonly applicationPort: number;
}

export function applicationClassOf({ ports, interception, bind }: InboundClass): ApplicationClass {
  return intern({
    ports: ports.map(({ port: { targetPort, protocol }, services, applicationPort }) => ({
      targetPort,
      protocol,
      services,
      applicationPort,
    })),
    captured: interception !== 'none',
    bind,
  });
}

export interface ServedPort {
  readonly port: InboundPortIr;
  /** All services that declare it, by host. */
  readonly services: readonly ServiceRefIr[];
  /** Where the application listens; the target port itself unless nothing is captured. */
  readonly applicationPort: number;
}

/** A port of a service that the proxy's workload serves, and where it does. */
interface OwnPort {
  readonly service: MeshService;
  readonly port: MeshPort;
  readonly target: number;
}

/**
 * What a proxy's workload serves, the oldest service first: every service that picks it by labels, and every service with
 * an endpoint at its address. UDP ports, and ports by a name that the workload does not have, are not served.
 */
export function ownPorts(snapshot: MeshSnapshot, node: ProxyNode): readonly OwnPort[] {
  const workload = ownWorkload(snapshot, node) ?? { kind: 'pod' as const, ports: {} };
  const picking = [...(snapshot.services.selecting.get(node.namespace)?.values() ?? [])]
    .filter(({ selector }) => labelsMatch(selector, node.labels))
    .flatMap((service) =>
      service.ports.map((port) => ({ service, port, target: workloadPort(workload, port) })),
    );
  const all = [...picking, ...endpointPorts(snapshot, node)];
  return all
    .filter((own): own is OwnPort => own.target !== undefined && own.port.protocol !== 'UDP')
    .sort((a, b) => compareServices(a.service, b.service));
}

function endpointPorts({ services, served }: MeshSnapshot, { ipAddresses }: ProxyNode): readonly OwnPort[] {
  const targets = ipAddresses.flatMap((ip) => [...(served.get(ip)?.values() ?? [])].flat());
  return targets.flatMap(({ service: key, portName, targetPort }) => {
    const service = services.all.get(key);
    const port = service?.ports.find(({ name }) => name === portName);
    return service === undefined || port === undefined ? [] : [{ service, port, target: targetPort }];
  });
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

/**
 * Names of the outbound listeners that other members of the proxy's headless services have for its own address: the proxy
 * itself must not have them, or calls to its workload would come out again.
 */
export function ownAddressListeners(snapshot: MeshSnapshot, node: ProxyNode): readonly string[] {
  const headless = ownPorts(snapshot, node).filter(({ service }) => service.resolution === 'headless');
  const names = node.ipAddresses.flatMap((ip) => headless.map(({ port }) => listenerName(ip, port.number)));
  return intern([...new Set(names)].sort());
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
  const served = new Map<number, ServedPort>();
  for (const { service, port, target } of ownPorts(snapshot, node)) {
    const { host, name, namespace } = service;
    const ref: ServiceRefIr = { host, name, namespace };
    const before = served.get(target);
    if (before === undefined) served.set(target, servedPort({ target, port, ref }, node, modes));
    else if (before.services.every((other) => other.host !== host || other.namespace !== namespace)) {
      served.set(target, { ...before, services: [...before.services, ref].sort(byHost) });
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

function byHost(a: ServiceRefIr, b: ServiceRefIr): number {
  return compareText(a.host, b.host) || compareText(a.namespace, b.namespace);
}
