import { labelsMatch, labelsSubsetOf, type ServicePort } from '@istio-ts/config-model';
import { defineAnalyzer, type Analyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { servicesByNamespace } from '../gateway/ingress-gateway-port.js';
import { sidecarsByNamespace } from '../sidecar/selector.js';
import { hasProxy } from '../workload/in-mesh.js';
import type { Pod } from '../workload/pods.js';

/** A TCP socket of a pod that waits for connections. */
export interface ListeningSocket {
  readonly port: number;
  /** Whether it is bound to an address that only the pod itself reaches: 127.0.0.1, ::1. */
  readonly isLocal: boolean;
}

/**
 * A proxy hands requests on to the address of its pod, and not to localhost: there an application has to listen. What
 * listens no object tells; undefined where it is not known.
 */
export function localhostListenersAnalyzer(
  socketsOf: (pod: Pod) => readonly ListeningSocket[] | undefined,
): Analyzer {
  return defineAnalyzer({
    name: 'precheck.LocalhostListenerAnalyzer',
    summary: 'applications listen on more than localhost for the ports of their Services',
    each: ['Pod'],
    reads: ['Service', 'Sidecar'],
    analyze: (pod, world) => {
      if (!hasProxy(pod.spec) || isLoopback(pod.status?.podIP ?? '')) return [];
      const sockets = socketsOf(pod) ?? [];
      const redirected = redirectedPorts(pod, world);
      return servedPorts(pod, world)
        .filter((port) => !redirected.has(port))
        .filter((port) => {
          const there = sockets.filter((socket) => socket.port === port);
          return there.length > 0 && there.every(({ isLocal }) => isLocal);
        })
        .map((port) => finding('LocalhostListener', pod, { port: String(port) }));
    },
  });
}

/** Such pods share the network of the machine: what listens there is not theirs alone. */
function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** The ports to which Services send their requests. */
function servedPorts({ metadata, spec }: Pod, world: World): readonly number[] {
  const ports = world
    .find(servicesByNamespace, metadata.namespace)
    .filter((service) => labelsMatch(service.spec.selector, metadata.labels))
    .flatMap((service) => service.spec.ports ?? [])
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const numbers = ports.flatMap((port) => numberOf(port, spec) ?? []);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function numberOf(
  { port, targetPort = port }: ServicePort,
  { containers = [] }: Pod['spec'],
): number | undefined {
  const named = containers
    .flatMap(({ ports = [] }) => ports)
    .find(({ name }) => name !== undefined && name === targetPort);
  return named?.containerPort ?? (Number.isInteger(Number(targetPort)) ? Number(targetPort) : undefined);
}

/** The ports of localhost to which Sidecars have the proxy send requests. */
function redirectedPorts({ metadata }: Pod, world: World): ReadonlySet<number> {
  const { rootNamespace } = world.meshConfig();
  const sidecars = [metadata.namespace, rootNamespace]
    .flatMap((namespace) => world.find(sidecarsByNamespace, namespace))
    .filter(({ spec }) => labelsSubsetOf(spec.workloadSelector?.labels, metadata.labels));
  const endpoints = sidecars.flatMap(({ spec }) =>
    (spec.ingress ?? []).map(({ defaultEndpoint = '' }) => defaultEndpoint),
  );
  const local = endpoints.flatMap(
    (endpoint) => /^(?:127\.0\.0\.1|\[::1\]):(\d+)$/u.exec(endpoint)?.[1] ?? [],
  );
  return new Set(local.map(Number));
}
