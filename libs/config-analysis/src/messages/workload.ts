import { message, quoted } from './message.js';

/** About pods, Deployments, Services, namespaces, and what selects them. */
export const workloadMessages = {
  NamespaceNotInjected: message<{ readonly namespace: string; readonly namespace2: string }>(
    'IST0102',
    'info',
    'a namespace says nothing about injection',
    ({ namespace, namespace2 }) =>
      `Pods of this namespace get no proxy. Say so with "kubectl label namespace ${namespace} istio-injection=disabled", ` +
      `or let them have one with "kubectl label namespace ${namespace2} istio-injection=enabled"`,
  ),
  PodMissingProxy: message<{ readonly podName: string }>(
    'IST0103',
    'warning',
    'a pod of an injected namespace has no proxy',
    ({ podName }) => `Pod ${podName} has no proxy although its namespace is injected; restart it`,
  ),
  ConflictingSidecarWorkloadSelectors: message<{
    readonly conflictingSidecars: readonly string[];
    readonly namespace: string;
    readonly workloadPod: string;
  }>(
    'IST0110',
    'error',
    'several Sidecars select one pod',
    ({ conflictingSidecars, namespace, workloadPod }) =>
      `The Sidecars ${quoted(conflictingSidecars)} of namespace ${namespace} all select pod ${workloadPod}, and only one ` +
      'can apply',
  ),
  MultipleSidecarsWithoutWorkloadSelectors: message<{
    readonly conflictingSidecars: readonly string[];
    readonly namespace: string;
  }>(
    'IST0111',
    'error',
    'several Sidecars are for a whole namespace',
    ({ conflictingSidecars, namespace }) =>
      `The Sidecars ${quoted(conflictingSidecars)} are all for the whole of namespace ${namespace}, and only one can apply`,
  ),
  ConflictingTelemetryWorkloadSelectors: message<{
    readonly conflictingTelemetries: readonly string[];
    readonly namespace: string;
    readonly workloadPod: string;
  }>(
    'IST0159',
    'error',
    'several Telemetries select one pod',
    ({ conflictingTelemetries, namespace, workloadPod }) =>
      `The Telemetries ${quoted(conflictingTelemetries)} of namespace ${namespace} all select pod ${workloadPod}, and ` +
      'only one can apply',
  ),
  MultipleTelemetriesWithoutWorkloadSelectors: message<{
    readonly conflictingTelemetries: readonly string[];
    readonly namespace: string;
  }>(
    'IST0160',
    'error',
    'several Telemetries are for a whole namespace',
    ({ conflictingTelemetries, namespace }) =>
      `The Telemetries ${quoted(conflictingTelemetries)} are all for the whole of namespace ${namespace}, and only one ` +
      'can apply',
  ),
  InvalidTelemetryProvider: message<{ readonly name: string; readonly namespace: string }>(
    'IST0157',
    'warning',
    'a Telemetry that names no provider where none is set by default',
    ({ name, namespace }) =>
      `Telemetry ${name} of namespace ${namespace} names no provider and the mesh has none by default: it does nothing`,
  ),
  DeploymentAssociatedToMultipleServices: message<{
    readonly deployment: string;
    readonly port: number;
    readonly services: readonly string[];
  }>(
    'IST0116',
    'warning',
    'Services give one port of a workload different protocols',
    ({ deployment, port, services }) =>
      `The Services ${quoted(services)} all lead to Deployment ${deployment} and give port ${port} different protocols`,
  ),
  DeploymentConflictingPorts: message<{
    readonly deployment: string;
    readonly services: readonly string[];
    readonly targetPort: string;
    readonly ports: readonly number[];
  }>(
    'IST0137',
    'warning',
    'Services lead from different ports to one port of a workload',
    ({ deployment, services, targetPort, ports }) =>
      `The Services ${quoted(services)} lead to targetPort ${targetPort} of Deployment ${deployment} from the ports ` +
      `${ports.join(', ')}; they have to be the same`,
  ),
  PortNameIsNotUnderNamingConvention: message<{
    readonly portName: string;
    readonly port: number;
    readonly targetPort: string;
  }>(
    'IST0118',
    'info',
    'a port that does not say its protocol',
    ({ portName, port, targetPort }) =>
      `The name ${JSON.stringify(portName)} of port ${port} (targetPort ${targetPort}) names no protocol, so it is ` +
      'guessed from the first bytes; call it protocol[-suffix], or set appProtocol',
  ),
  ExternalNameServiceTypeInvalidPortName: message(
    'IST0150',
    'warning',
    'a port of an ExternalName Service that cannot be told apart',
    () =>
      'A port of a Service of type ExternalName needs a name with a protocol other than tcp: plain TCP may not be ' +
      'forwarded to the right place',
  ),
  NamespaceMultipleInjectionLabels: message<{ readonly labels: readonly string[] }>(
    'IST0123',
    'warning',
    'a namespace says in several ways how its pods join the mesh',
    ({ labels }) =>
      `The labels ${quoted(labels)} of this namespace ask for different things; leave only one of them`,
  ),
  NamespaceInjectionEnabledByDefault: message(
    'IST0148',
    'info',
    'a namespace is injected because everything is',
    () =>
      'Pods of this namespace get a proxy because the installation injects every namespace that does not refuse',
  ),
  LocalhostListener: message<{ readonly port: string }>(
    'IST0143',
    'error',
    'an application listens on localhost for a port of its Service',
    ({ port }) => `Port ${port} of the Service is listened to on localhost only: other pods do not reach it`,
  ),
  InvalidApplicationUID: message(
    'IST0144',
    'warning',
    'an application runs as the user of the proxy',
    () => 'User 1337 is the proxy: what runs as it is not captured; use another one',
  ),
  ImageAutoWithoutInjectionWarning: message<{
    readonly resourceType: string;
    readonly resourceName: string;
  }>(
    'IST0146',
    'warning',
    'a Deployment waits for injection that does not come',
    ({ resourceType, resourceName }) =>
      `${resourceType} ${resourceName} has "image: auto", and no injection webhook of Istio is for its pods`,
  ),
  ImageAutoWithoutInjectionError: message<{ readonly resourceType: string; readonly resourceName: string }>(
    'IST0147',
    'error',
    'a pod waits for injection that did not come',
    ({ resourceType, resourceName }) =>
      `${resourceType} ${resourceName} has "image: auto", and no injection webhook of Istio is for it`,
  ),
  PodsIstioProxyImageMismatchInNamespace: message<{ readonly podNames: readonly string[] }>(
    'IST0158',
    'warning',
    'pods run another proxy than injection would give them now',
    ({ podNames }) =>
      `The pods ${quoted(podNames)} run another proxy image than injection gives now; restart them`,
  ),
} as const;
