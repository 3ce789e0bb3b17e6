import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import * as spec from './spec.js';

const filter = [
  'A filter of the chain.',
  { name: 'Its name.', subFilter: ['An HTTP filter within it.', { name: 'Its name.' }] },
] as const;

export const envoyFilterDescriptions: readonly MessageTexts[] = [
  describeMessage(spec.envoyFilterSpec, 'Patches to generated Envoy configuration.', {
    workloadSelector: 'Workloads that it is for; all of the namespace where absent.',
    targetRefs: 'Gateways or services that it is for.',
    configPatches: 'The patches, applied in this order.',
    priority: 'Order among objects; the lowest first.',
  }),
  describeMessage(spec.configPatch, 'One patch.', {
    applyTo: 'What is patched.',
    match: 'Which of these; all where absent.',
    patch: 'What is done.',
  }),
  describeMessage(spec.envoyPatch, 'What is done.', {
    operation: 'How the value is applied.',
    value: 'Envoy configuration in its JSON form.',
    filterClass: 'Where an added HTTP filter stands among the others.',
  }),
  describeMessage(spec.objectMatch, 'Which objects; all of the fields must fit.', {
    context: 'Which kind of proxy and direction.',
    proxy: 'Which proxies.',
    listener: 'Which listeners, chains and filters.',
    routeConfiguration: 'Which routes and virtual hosts.',
    cluster: 'Which clusters.',
    waypoint: 'Which parts of a waypoint.',
  }),
  describeMessage(spec.proxyMatch, 'Which proxies.', {
    proxyVersion: 'A pattern for the version of the proxy.',
    metadata: 'Metadata that the proxy has.',
  }),
  describeMessage(spec.listenerMatch, 'Which listeners, chains and filters.', {
    portNumber: 'Port of the listener or service.',
    portName: 'Not carried out by Istio.',
    filterChain: [
      'Which chain of the listener.',
      {
        name: 'Its name.',
        sni: 'Name that it is for.',
        transportProtocol: 'Protocol that it is for: tls or raw_buffer.',
        transportSocket: 'Name of its transport socket.',
        applicationProtocols: 'ALPN protocols that it is for.',
        filter,
        destinationPort: 'Port that it is for.',
      },
    ],
    listenerFilter: 'Name of a listener filter.',
    name: 'Name of the listener.',
  }),
  describeMessage(spec.routeConfigurationMatch, 'Which routes and virtual hosts.', {
    portNumber: 'Port that the routes are for.',
    portName: 'Name of the gateway’s port.',
    gateway: 'Gateway of the routes, as namespace/name.',
    vhost: [
      'Which virtual host.',
      {
        name: 'Its name.',
        domainName: 'A domain that it is for.',
        route: ['Which route of it.', { name: 'Its name.', action: 'What it does.' }],
      },
    ],
    name: 'Name of the route configuration.',
  }),
  describeMessage(spec.clusterMatch, 'Which clusters.', {
    portNumber: 'Port of the service.',
    service: 'Name of the service.',
    subset: 'Subset of the service.',
    name: 'Name of the cluster.',
  }),
  describeMessage(spec.waypointMatch, 'Which parts of a waypoint.', {
    portNumber: 'Port of the service.',
    filter,
    route: ['Which route.', { name: 'Its name.' }],
  }),
];
