import type { ContainerPlan, PlanContext } from './pod-plan.js';
import { containerPath } from './mesh-paths.js';
import { sidecarContainer } from '../workloads/sidecar-container.js';
import { agentProbers } from './probe-plan.js';
import { applicationPort, httpProxyPort } from './uncaptured.js';

/** What the proxies of a mesh have in common. */
export interface ProxyPlatform {
  /** Set where one user id is all there is: Envoy marks its connections, and capture spares what is marked. */
  readonly socketMark: number | undefined;
  readonly discovery: { readonly address: string; readonly serverName?: string };
}

/** The proxy's container: `pilot-agent proxy sidecar` beside an application, `proxy router` as a gateway. */
export function planProxy(context: PlanContext, platform: ProxyPlatform): ContainerPlan {
  const isGateway = context.injection === 'gateway';
  const { program } = context.bundles.current(isGateway ? 'gateway' : 'agent');
  return {
    ...sidecarContainer,
    argv: ['node', program, ...(isGateway ? [] : ['proxy', 'sidecar'])],
    env: proxyEnvironment(context, platform),
    user: 'proxy',
    probes: {},
    declaredPorts: [],
  };
}

function proxyEnvironment(context: PlanContext, platform: ProxyPlatform): Readonly<Record<string, string>> {
  const { identity, group, paths } = context;
  const { serverName } = platform.discovery;
  const { template, owner } = group;
  const apps = template.containers.filter(({ name }) => name !== 'istio-proxy');
  const ports = apps.flatMap((container) => container.ports);
  return {
    PATH: containerPath(paths),
    HOME: '/tmp',
    HOSTNAME: identity.name,
    POD_NAME: identity.name,
    POD_NAMESPACE: identity.namespace,
    INSTANCE_IP: identity.address,
    HOST_IP: identity.nodeAddress,
    SERVICE_ACCOUNT: template.serviceAccount,
    TRUST_DOMAIN: 'cluster.local',
    PROXY_CONFIG: proxyConfig(context, platform),
    ISTIO_META_CLUSTER_ID: 'Kubernetes',
    ISTIO_META_MESH_ID: 'cluster.local',
    ISTIO_META_NODE_NAME: identity.nodeName,
    ISTIO_META_WORKLOAD_NAME: owner.name,
    ISTIO_META_OWNER: `kubernetes://apis/${owner.kind === 'Pod' ? 'v1' : 'apps/v1'}/namespaces/${owner.namespace}/${owner.kind.toLowerCase()}s/${owner.name}`,
    ISTIO_META_INTERCEPTION_MODE: context.sharesNetwork ? 'NONE' : 'REDIRECT',
    ISTIO_META_APP_CONTAINERS: apps.map(({ name }) => name).join(','),
    ISTIO_META_POD_PORTS: JSON.stringify(ports),
    ...(paths.envoy !== undefined && { ENVOY_BIN: paths.envoy }),
    ...(platform.socketMark !== undefined && { ISTIO_TS_SOCKET_MARK: String(platform.socketMark) }),
    ...(serverName !== undefined && { ISTIOD_SAN: serverName }),
    ...(context.sharesNetwork && uncapturedVariables(context)),
    ...(context.injection === 'sidecar' && agentVariables(context)),
    ...gatewayVariables(context),
  };
}

/** What the agent does for the application's sake: its probes, and its metrics beside the proxy's. */
function agentVariables({ group, sharesNetwork }: PlanContext): Readonly<Record<string, string>> {
  const { containers, annotations } = group.template;
  const probers = agentProbers(containers, sharesNetwork);
  const { scrape, path, port } = Object.fromEntries(
    ['scrape', 'path', 'port'].map((name) => [name, annotations[`prometheus.io/${name}`]]),
  );
  const ownPorts = containers.flatMap(({ ports }) => ports.map(({ containerPort }) => String(containerPort)));
  const moved = (written: string): string =>
    sharesNetwork && ownPorts.includes(written) ? String(applicationPort(Number(written))) : written;
  const targets = annotations['prometheus.istio.io/scrape-targets']?.replaceAll(
    /(^|,)\s*(\d+)/g,
    (_, before: string, written: string) => `${before}${moved(written)}`,
  );
  return {
    ...(probers !== undefined && { ISTIO_KUBE_APP_PROBERS: probers }),
    ...(scrape !== undefined && {
      ISTIO_PROMETHEUS_ANNOTATIONS: JSON.stringify({ scrape, path, port: port && moved(port), targets }),
    }),
  };
}

/** Where pods share one network namespace: everything binds the pod's own address, and the application sits on other ports. */
function uncapturedVariables({ identity, group }: PlanContext): Readonly<Record<string, string>> {
  const ports = group.template.containers.flatMap((container) => container.ports);
  const moved = ports.map(({ containerPort }) => [containerPort, applicationPort(containerPort)] as const);
  return {
    ISTIO_TS_BIND_ADDRESS: identity.address,
    ISTIO_META_BIND_ADDRESS: identity.address,
    ISTIO_META_HTTP_PROXY_PORT: String(httpProxyPort),
    // The agent puts the members of a JSON object beside its other metadata, as Istio's does.
    ISTIO_METAJSON_APPLICATION: JSON.stringify({ APPLICATION_PORTS: Object.fromEntries(moved) }),
  };
}

/** A gateway's manifest may set variables of its own; they count for the proxy, which is all that runs there. */
function gatewayVariables({ injection, group }: PlanContext): Readonly<Record<string, string>> {
  if (injection !== 'gateway') return {};
  const own = group.template.containers.find(({ name }) => name === 'istio-proxy')?.env ?? [];
  return Object.fromEntries(
    own.flatMap(({ name, source }) => (source.kind === 'text' ? [[name, source.text]] : [])),
  );
}

/** The pod's own `proxy.istio.io/config` is text of the user: it is laid over by the agent, not read here. */
function proxyConfig({ group }: PlanContext, { discovery }: ProxyPlatform): string {
  const discoveryAddress = discovery.address;
  const own = group.template.annotations['proxy.istio.io/config'];
  return own === undefined
    ? JSON.stringify({ discoveryAddress })
    : `discoveryAddress: ${discoveryAddress}\n${own}`;
}

/** The command that sets up capture inside a pod, run as its root before anything else starts. */
export function captureCommand(
  excludedRanges: readonly string[],
  { socketMark, rules }: { readonly socketMark: number | undefined; readonly rules: 'nft' | 'iptables' },
): readonly string[] {
  const mark = socketMark === undefined ? [] : ['--socket-mark', String(socketMark)];
  const form = rules === 'nft' ? ['--native-nftables'] : [];
  return [
    'pilot-agent',
    'istio-iptables',
    ...[
      '-p',
      '15001',
      '-z',
      '15006',
      '-u',
      '1337',
      '-m',
      'REDIRECT',
      '-i',
      '*',
      '-x',
      excludedRanges.join(','),
    ],
    ...['-b', '*', '-d', '15090,15021,15020', ...mark, ...form],
  ];
}
