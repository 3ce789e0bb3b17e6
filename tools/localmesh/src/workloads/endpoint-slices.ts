import type { KubeObject } from '../store/kube-object.js';
import type { PodState } from './pod-state.js';
import { selects, type Service, type ServicePort } from './service.js';

/** One place where a port of a service is served. */
export interface Endpoint {
  readonly pod: PodState;
  readonly address: string;
  readonly port: number;
}

/** The pods that a service selects, ready or not, without those that are ending. */
export function podsOf(service: Service, pods: readonly PodState[]): readonly PodState[] {
  return pods.filter(
    (pod) =>
      pod.namespace === service.namespace &&
      pod.phase !== 'Terminating' &&
      pod.address !== '' &&
      selects(service.selector, pod.labels),
  );
}

/** Where calls to a port of a service may go now. */
export function endpointsOf(
  service: Service,
  port: ServicePort,
  pods: readonly PodState[],
): readonly Endpoint[] {
  const serving = podsOf(service, pods).filter((pod) => pod.ready || service.publishNotReady);
  return serving.flatMap((pod) => {
    const target = targetPortOf(port, pod);
    return target === undefined ? [] : [{ pod, address: pod.address, port: target }];
  });
}

function targetPortOf({ targetPort }: ServicePort, pod: PodState): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  return pod.ports.find(({ name }) => name === targetPort)?.containerPort;
}

/**
 * The EndpointSlices of a service: one for each set of port numbers, since a named target port may differ from pod to
 * pod. Nothing for a service without selector: its endpoints are the user's own objects.
 */
export function endpointSlicesOf(
  service: Service,
  pods: readonly PodState[],
  nodeName: string,
): readonly KubeObject[] {
  if (Object.keys(service.selector).length === 0) return [];
  const groups = new Map<string, { ports: readonly object[]; pods: PodState[] }>();
  for (const pod of podsOf(service, pods)) {
    const ports = service.ports.flatMap((port) => {
      const target = targetPortOf(port, pod);
      return target === undefined ? [] : [{ name: port.name ?? '', port: target, protocol: port.protocol }];
    });
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, pods: [] };
    group.pods.push(pod);
    groups.set(key, group);
  }
  const slices = [...groups.values()];
  return slices.map((group, index) => slice(service, { ...group, index, nodeName }));
}

interface SliceContent {
  readonly index: number;
  readonly ports: readonly object[];
  readonly pods: readonly PodState[];
  readonly nodeName: string;
}

function slice(
  { namespace, name, publishNotReady }: Service,
  { index, ports, pods, nodeName }: SliceContent,
): KubeObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${String(index)}`,
      namespace,
      labels: {
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
    },
    addressType: 'IPv4',
    ports,
    endpoints: pods.map((pod) => ({
      addresses: [pod.address],
      conditions: { ready: pod.ready || publishNotReady, serving: pod.ready, terminating: false },
      nodeName,
      targetRef: { kind: 'Pod', name: pod.name, namespace: pod.namespace, uid: pod.uid },
    })),
  };
}
