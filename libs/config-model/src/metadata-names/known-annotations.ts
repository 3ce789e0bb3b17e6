import { known, type KnownName } from './known-name.js';

/** Every annotation that Istio gives a meaning to, by its key. */
export const knownAnnotations: readonly KnownName[] = [
  known(
    'alpha.istio.io/canonical-serviceaccounts',
    'identities outside Kubernetes under which the service may run',
    { scope: ['Service'], value: 'list', stage: 'Alpha', deprecated: true, hidden: true },
  ),
  known(
    'alpha.istio.io/kubernetes-serviceaccounts',
    'service accounts under which the service may run on virtual machines',
    { scope: ['Service'], value: 'list', stage: 'Alpha', deprecated: true, hidden: true },
  ),
  known('ambient.istio.io/bypass-inbound-capture', 'leaves inbound traffic of an ambient pod alone', {
    scope: ['Pod'],
    value: 'boolean',
    stage: 'Alpha',
  }),
  known('ambient.istio.io/dns-capture', 'sends DNS requests of an ambient pod to the node proxy, or not', {
    scope: ['Pod'],
    value: 'boolean',
    stage: 'Alpha',
    hidden: true,
  }),
  known(
    'ambient.istio.io/redirection',
    'says that traffic of the pod goes through the node proxy; written by the node',
    { scope: ['Pod'], value: 'enum', stage: 'Beta' },
  ),
  known(
    'ambient.istio.io/waypoint-inbound-binding',
    'how connections reach the waypoint: a protocol, or protocol/port',
    { scope: ['GatewayClass', 'Gateway'], value: 'string', stage: 'Alpha', hidden: true },
  ),
  known(
    'galley.istio.io/analyze-suppress',
    'codes of analysis messages that are not wanted for this object',
    { scope: ['Any'], value: 'list', stage: 'Alpha' },
  ),
  known('gateway.istio.io/controller-version', 'version of the controller that looks after the Gateway', {
    scope: ['Any'],
    value: 'string',
    stage: 'Alpha',
    hidden: true,
  }),
  known(
    'gateway.istio.io/name-override',
    'name of what is deployed for the Gateway, instead of one made from its own',
    { scope: ['Gateway'], value: 'string', stage: 'Alpha', hidden: true },
  ),
  known('gateway.istio.io/service-account', 'service account under which the deployed gateway runs', {
    scope: ['Gateway'],
    value: 'string',
    stage: 'Alpha',
    hidden: true,
  }),
  known('inject.istio.io/templates', 'injection templates, applied in this order', {
    scope: ['Pod'],
    value: 'list',
    stage: 'Alpha',
  }),
  known(
    'istio.io/autoRegistrationGroup',
    'group by which a machine was registered; written by the control plane',
    { scope: ['WorkloadEntry'], value: 'string', stage: 'Alpha', hidden: true },
  ),
  known('istio.io/connectedAt', 'when the machine last connected; written by the control plane', {
    scope: ['WorkloadEntry'],
    value: 'timestamp',
    stage: 'Alpha',
    hidden: true,
  }),
  known('istio.io/disconnectedAt', 'when the machine last went away; written by the control plane', {
    scope: ['WorkloadEntry'],
    value: 'timestamp',
    stage: 'Alpha',
    hidden: true,
  }),
  known('istio.io/dry-run', 'has the policy evaluated and counted without any effect on requests', {
    scope: ['AuthorizationPolicy'],
    value: 'boolean',
    stage: 'Alpha',
  }),
  known(
    'istio.io/reroute-virtual-interfaces',
    'interfaces of guests inside the pod, whose traffic counts as the pod’s own',
    { scope: ['Pod'], value: 'list', stage: 'Alpha' },
  ),
  known(
    'istio.io/rev',
    'revision of the control plane that the proxy is connected to; written at injection',
    { scope: ['Pod'], value: 'string', stage: 'Alpha' },
  ),
  known('istio.io/use-waypoint-canary-weight', 'percentage of new connections for the second waypoint', {
    scope: ['Service', 'ServiceEntry', 'Namespace'],
    value: 'integer',
    stage: 'Alpha',
  }),
  known('istio.io/workloadController', 'replica of the control plane that holds the machine’s connection', {
    scope: ['WorkloadEntry'],
    value: 'string',
    stage: 'Alpha',
    hidden: true,
  }),
  known('kubernetes.io/ingress.class', 'class of the controller that carries the Ingress out', {
    scope: ['Ingress'],
    value: 'string',
    stage: 'Stable',
  }),
  known('networking.istio.io/exportTo', 'namespaces from which the service is seen: names, ".", "*" or "~"', {
    scope: ['Service'],
    value: 'list',
    stage: 'Alpha',
  }),
  known('networking.istio.io/service-type', 'type of the Service that is made for the Gateway', {
    scope: ['Gateway'],
    value: 'enum',
    stage: 'Alpha',
    hidden: true,
  }),
  known('networking.istio.io/traffic-distribution', 'which endpoints are preferred by their distance', {
    scope: ['Namespace', 'Service', 'ServiceEntry'],
    value: 'enum',
    stage: 'Alpha',
  }),
  known(
    'prometheus.istio.io/merge-metrics',
    'serves the application’s metrics together with the proxy’s, or not',
    { scope: ['Pod'], value: 'boolean', stage: 'Alpha' },
  ),
  known('proxy.istio.io/config', 'proxy settings of this pod, laid over those of the mesh', {
    scope: ['Pod'],
    value: 'yaml',
    stage: 'Beta',
  }),
  known(
    'proxy.istio.io/overrides',
    'what the pod said about the proxy’s container before injection; internal',
    { scope: ['Pod'], value: 'json', stage: 'Alpha', hidden: true },
  ),
  known(
    'readiness.status.sidecar.istio.io/applicationPorts',
    'ports that must be served before the proxy reports ready',
    { scope: ['Pod'], value: 'list', stage: 'Alpha' },
  ),
  known(
    'readiness.status.sidecar.istio.io/failureThreshold',
    'failed readiness probes of the proxy before it counts as not ready',
    { scope: ['Pod'], value: 'integer', stage: 'Alpha' },
  ),
  known(
    'readiness.status.sidecar.istio.io/initialDelaySeconds',
    'seconds before the first readiness probe of the proxy',
    { scope: ['Pod'], value: 'integer', stage: 'Alpha' },
  ),
  known('readiness.status.sidecar.istio.io/periodSeconds', 'seconds between readiness probes of the proxy', {
    scope: ['Pod'],
    value: 'integer',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/agentLogLevel', 'how much the agent logs', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/bootstrapOverride', 'ConfigMap with another bootstrap for Envoy', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/componentLogLevel', 'how much single components of Envoy log: name:level, …', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/discoveryAddress', 'address of the control plane; use proxy.istio.io/config', {
    scope: ['Pod'],
    value: 'host:port',
    stage: 'Alpha',
    deprecated: true,
  }),
  known(
    'sidecar.istio.io/extraStatTags',
    'tags that metrics may carry in addition; use proxy.istio.io/config',
    { scope: ['Pod'], value: 'list', stage: 'Alpha', deprecated: true },
  ),
  known('sidecar.istio.io/inject', 'wants a sidecar or refuses it; use the label of this name', {
    scope: ['Pod'],
    value: 'boolean',
    stage: 'Beta',
    deprecated: true,
  }),
  known('sidecar.istio.io/interceptionMode', 'how traffic is captured: REDIRECT, TPROXY or NONE', {
    scope: ['Pod'],
    value: 'enum',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/logLevel', 'how much Envoy logs', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known(
    'sidecar.istio.io/nativeSidecar',
    'runs the proxy as a sidecar that Kubernetes itself knows, or not',
    { scope: ['Pod'], value: 'boolean', stage: 'Alpha' },
  ),
  known('sidecar.istio.io/proxyCPU', 'CPU that is reserved for the proxy', {
    scope: ['Pod'],
    value: 'quantity',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/proxyCPULimit', 'CPU that the proxy gets at most', {
    scope: ['Pod'],
    value: 'quantity',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/proxyImage', 'image of the proxy’s container', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/proxyImageType', 'variant of the proxy’s image: default, debug, distroless', {
    scope: ['Pod'],
    value: 'string',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/proxyMemory', 'memory that is reserved for the proxy', {
    scope: ['Pod'],
    value: 'quantity',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/proxyMemoryLimit', 'memory that the proxy gets at most', {
    scope: ['Pod'],
    value: 'quantity',
    stage: 'none',
  }),
  known(
    'sidecar.istio.io/rewriteAppHTTPProbers',
    'has probes of the application answered by way of the agent, or not',
    { scope: ['Pod'], value: 'boolean', stage: 'Alpha' },
  ),
  known(
    'sidecar.istio.io/statsCompression',
    'compression of the proxy’s metrics; use proxy.istio.io/config',
    { scope: ['Pod'], value: 'enum', stage: 'Alpha', deprecated: true },
  ),
  known(
    'sidecar.istio.io/statsEvictionInterval',
    'how often metrics that nothing touches any more are dropped',
    { scope: ['Pod'], value: 'duration', stage: 'Alpha' },
  ),
  known('sidecar.istio.io/statsFlushInterval', 'how often metrics are handed to their sinks', {
    scope: ['Pod'],
    value: 'duration',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/statsHistogramBins', 'how many bins a histogram has', {
    scope: ['Pod'],
    value: 'integer',
    stage: 'Alpha',
  }),
  known(
    'sidecar.istio.io/statsHistogramBuckets',
    'bounds of histogram buckets by the beginning of the metric’s name',
    { scope: ['Pod'], value: 'json', stage: 'Alpha' },
  ),
  known(
    'sidecar.istio.io/statsInclusionPrefixes',
    'beginnings of names of metrics that are kept; use proxy.istio.io/config',
    { scope: ['Pod'], value: 'list', stage: 'Alpha', deprecated: true },
  ),
  known(
    'sidecar.istio.io/statsInclusionRegexps',
    'patterns of names of metrics that are kept; use proxy.istio.io/config',
    { scope: ['Pod'], value: 'list', stage: 'Alpha', deprecated: true },
  ),
  known(
    'sidecar.istio.io/statsInclusionSuffixes',
    'ends of names of metrics that are kept; use proxy.istio.io/config',
    { scope: ['Pod'], value: 'list', stage: 'Alpha', deprecated: true },
  ),
  known('sidecar.istio.io/status', 'what was injected and by which template; written at injection', {
    scope: ['Pod'],
    value: 'json',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/userVolume', 'volumes that the proxy’s container needs in addition', {
    scope: ['Pod'],
    value: 'json',
    stage: 'Alpha',
  }),
  known('sidecar.istio.io/userVolumeMount', 'where those volumes are mounted in the proxy’s container', {
    scope: ['Pod'],
    value: 'json',
    stage: 'none',
  }),
  known('status.sidecar.istio.io/port', 'port of the agent’s status pages; 0 for none', {
    scope: ['Pod'],
    value: 'integer',
    stage: 'Alpha',
  }),
  known('topology.istio.io/controlPlaneClusters', 'clusters whose control plane may look after this one', {
    scope: ['Namespace'],
    value: 'list',
    stage: 'Alpha',
  }),
  known('traffic.istio.io/nodeSelector', 'nodes whose addresses lead to a gateway of type NodePort', {
    scope: ['Service'],
    value: 'map',
    stage: 'Stable',
  }),
  known(
    'traffic.sidecar.istio.io/excludeInboundPorts',
    'ports of which inbound traffic goes past the proxy',
    { scope: ['Pod'], value: 'list', stage: 'Alpha' },
  ),
  known(
    'traffic.sidecar.istio.io/excludeInterfaces',
    'network interfaces of which traffic goes past the proxy',
    { scope: ['Pod'], value: 'list', stage: 'Alpha' },
  ),
  known(
    'traffic.sidecar.istio.io/excludeOutboundIPRanges',
    'destinations to which traffic goes past the proxy',
    { scope: ['Pod'], value: 'list', stage: 'Alpha' },
  ),
  known('traffic.sidecar.istio.io/excludeOutboundPorts', 'ports to which traffic goes past the proxy', {
    scope: ['Pod'],
    value: 'list',
    stage: 'Alpha',
  }),
  known(
    'traffic.sidecar.istio.io/includeInboundPorts',
    'ports of which inbound traffic is captured: numbers, "*", or none',
    { scope: ['Pod'], value: 'list', stage: 'none' },
  ),
  known(
    'traffic.sidecar.istio.io/includeOutboundIPRanges',
    'destinations to which traffic is captured: networks, "*", or none',
    { scope: ['Pod'], value: 'list', stage: 'Alpha' },
  ),
  known(
    'traffic.sidecar.istio.io/includeOutboundPorts',
    'ports to which traffic is captured whatever its destination',
    { scope: ['Pod'], value: 'list', stage: 'Alpha' },
  ),
  known('traffic.sidecar.istio.io/kubevirtInterfaces', 'use istio.io/reroute-virtual-interfaces', {
    scope: ['Pod'],
    value: 'list',
    stage: 'Alpha',
    deprecated: true,
  }),
];
