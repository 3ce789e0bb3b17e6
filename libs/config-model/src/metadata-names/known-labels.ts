import { known, type KnownName } from './known-name.js';

/** Every label that Istio gives a meaning to, by its key. */
export const knownLabels: readonly KnownName[] = [
  known('gateway.istio.io/managed', 'controller that made the object', {
    scope: ['ServiceAccount', 'Deployment', 'Service'],
    value: 'string',
    stage: 'Stable',
  }),
  known('gateway.networking.k8s.io/gateway-class-name', 'class of the Gateway that the object was made for', {
    scope: ['ServiceAccount', 'Deployment', 'Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'],
    value: 'string',
    stage: 'Stable',
  }),
  known('gateway.networking.k8s.io/gateway-name', 'Gateway that the object was made for', {
    scope: ['ServiceAccount', 'Deployment', 'Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'],
    value: 'string',
    stage: 'Stable',
  }),
  known('istio.io/dataplane-mode', 'how traffic is carried: ambient, or none', {
    scope: ['Pod', 'Namespace'],
    value: 'enum',
    stage: 'Stable',
  }),
  known('istio.io/ingress-use-waypoint', 'has requests from ingress gateways pass the service’s waypoint', {
    scope: ['Service', 'ServiceEntry', 'Namespace'],
    value: 'boolean',
    stage: 'Beta',
  }),
  known('istio.io/rev', 'revision, or tag of one, of the control plane that is wanted', {
    scope: ['Namespace', 'Gateway', 'Pod'],
    value: 'string',
    stage: 'Beta',
  }),
  known('istio.io/tag', 'tag that a webhook is for; internal', {
    scope: ['MutatingWebhookConfiguration'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('istio.io/use-waypoint', 'waypoint that traffic to it passes', {
    scope: ['Pod', 'WorkloadEntry', 'Service', 'ServiceEntry', 'Namespace'],
    value: 'string',
    stage: 'Stable',
  }),
  known('istio.io/use-waypoint-canary', 'second waypoint, which takes a part of the connections', {
    scope: ['Service', 'ServiceEntry', 'Namespace'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('istio.io/use-waypoint-canary-namespace', 'namespace of the second waypoint', {
    scope: ['Service', 'ServiceEntry', 'Namespace'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('istio.io/use-waypoint-namespace', 'namespace of the waypoint', {
    scope: ['Pod', 'WorkloadEntry', 'Service', 'ServiceEntry', 'Namespace'],
    value: 'string',
    stage: 'Beta',
  }),
  known('istio.io/waypoint-for', 'what passes the waypoint: service, workload, all, none', {
    scope: ['GatewayClass', 'Gateway'],
    value: 'enum',
    stage: 'Stable',
  }),
  known(
    'networking.istio.io/enable-autoallocate-ip',
    'has an address allocated where the ServiceEntry gives none, or not',
    { scope: ['ServiceEntry'], value: 'boolean', stage: 'Beta' },
  ),
  known('networking.istio.io/gatewayPort', 'port of a gateway between networks, instead of 15443', {
    scope: ['Service'],
    value: 'integer',
    stage: 'Alpha',
  }),
  known('operator.istio.io/component', 'component of the installation that the object is part of', {
    scope: ['Any'],
    value: 'string',
    stage: 'Alpha',
    hidden: true,
  }),
  known('operator.istio.io/managed', 'whether the installer keeps the object as it should be', {
    scope: ['Any'],
    value: 'enum',
    stage: 'Alpha',
    hidden: true,
  }),
  known('operator.istio.io/version', 'version of the installer', {
    scope: ['Any'],
    value: 'string',
    stage: 'Alpha',
    hidden: true,
  }),
  known(
    'security.istio.io/tlsMode',
    'whether the workload takes mutual TLS: istio, or disabled; set by injection',
    { scope: ['Pod'], value: 'enum', stage: 'Alpha', deprecated: true, hidden: true },
  ),
  known('service.istio.io/canonical-name', 'name of the service in telemetry', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('service.istio.io/canonical-revision', 'version of the service in telemetry', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('service.istio.io/workload-name', 'name of the workload in telemetry, instead of its owner’s', {
    scope: ['Pod', 'WorkloadEntry'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/inject', 'wants a sidecar, or refuses it', {
    scope: ['Pod'],
    value: 'boolean',
    stage: 'Beta',
  }),
  known('topology.istio.io/cluster', 'cluster of the workload; selectors can use it', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('topology.istio.io/locality', 'where the workload runs: region.zone.subzone', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('topology.istio.io/network', 'network of the workload, the gateway or the cluster', {
    scope: ['Namespace', 'Pod', 'Service'],
    value: 'string',
    stage: 'Beta',
  }),
  known('topology.istio.io/subzone', 'part of a zone, on nodes', {
    scope: ['Node'],
    value: 'string',
    stage: 'Beta',
  }),
];
