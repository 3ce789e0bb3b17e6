import { labelsMatch, type Labels, type ServicePort } from '@istio-ts/config-model';
import { fullName, type ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { servicesByNamespace } from '../gateway/ingress-gateway-port.js';
import { managedBy, managedLabel } from '../workload/control-plane.js';
import { isInMesh, templateOf } from '../workload/in-mesh.js';

type Deployment = ObjectOf<'Deployment'>;

export const multiServiceAnalyzer = defineAnalyzer({
  name: 'deployment.MultiServiceAnalyzer',
  summary: 'Services of one Deployment agree on the protocols and numbers of its ports',
  each: ['Deployment'],
  reads: ['Namespace', 'Service'],
  needs: ['Service'],
  analyze: (deployment, world) => {
    const isWaypoint = deployment.metadata.labels[managedLabel] === managedBy.waypoint;
    const template = templateOf(deployment);
    if (isWaypoint || !isInMesh(template, world)) return [];
    const ports = portsOf(world, template.namespace, template.labels);
    return [...judgeProtocols(deployment, ports), ...judgeTargetPorts(deployment, ports)];
  },
});

interface PortOfService {
  readonly service: string;
  readonly port: ServicePort;
}

function portsOf(world: World, namespace: string, labels: Labels): readonly PortOfService[] {
  return world
    .find(servicesByNamespace, namespace)
    .filter(({ spec }) => labelsMatch(spec.selector, labels))
    .flatMap((service) => (service.spec.ports ?? []).map((port) => ({ service: fullName(service), port })));
}

function judgeProtocols(deployment: Deployment, ports: readonly PortOfService[]): readonly Finding[] {
  return [...groupBy(ports, ({ port }) => port.port)].flatMap(([port, group]) => {
    const protocols = new Set(group.map((each) => each.port.protocol ?? 'TCP'));
    if (protocols.size < 2) return [];
    const args = { deployment: deployment.metadata.name, port, services: servicesOf(group) };
    return [finding('DeploymentAssociatedToMultipleServices', deployment, args)];
  });
}

function judgeTargetPorts(deployment: Deployment, ports: readonly PortOfService[]): readonly Finding[] {
  return [...groupBy(ports, ({ port }) => targetOf(port))].flatMap(([targetPort, group]) => {
    const numbers = [...new Set(group.map(({ port }) => port.port))].sort((a, b) => a - b);
    if (numbers.length < 2) return [];
    const services = servicesOf(group);
    const args = { deployment: deployment.metadata.name, services, targetPort, ports: numbers };
    return [finding('DeploymentConflictingPorts', deployment, args)];
  });
}

/** Where none is written, or 0, the target is the port itself. */
function targetOf({ port, targetPort = 0 }: ServicePort): string {
  return targetPort === 0 || targetPort === '' ? String(port) : String(targetPort);
}

function servicesOf(group: readonly PortOfService[]): readonly string[] {
  return [...new Set(group.map(({ service }) => service))].sort();
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
