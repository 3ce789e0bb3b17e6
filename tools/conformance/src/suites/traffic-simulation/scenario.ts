import type { ProxyNode } from '@istio-ts/mesh-ir';
import { unreadFields } from '../../read-cases.js';

/** One file of the suite, as its README describes it. */
export interface Scenario {
  readonly name: string;
  readonly config?: string;
  readonly kubeConfig?: string;
  readonly meshConfig?: Readonly<Record<string, unknown>>;
  readonly features?: Readonly<Record<string, unknown>>;
  readonly internalAnnotations?: boolean;
  readonly node?: ScenarioNode;
  readonly validate?: boolean;
  readonly calls?: readonly ScenarioCall[];
  readonly routeTables?: readonly RouteTable[];
  readonly inboundClusters?: Readonly<Record<string, InboundCluster>>;
  readonly listenerShape?: readonly ListenerShape[];
}

export interface ScenarioNode {
  readonly type?: 'sidecar' | 'router';
  readonly ips?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly namespace?: string;
  readonly configNamespace?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface ScenarioCall {
  readonly name?: string;
  readonly mode?: 'gateway' | 'outbound' | 'inbound';
  readonly address?: string;
  readonly port: number;
  readonly protocol?: 'http' | 'http2' | 'tcp';
  readonly tls?: 'plaintext' | 'tls' | 'mtls';
  readonly alpn?: string;
  readonly sni?: string;
  readonly host?: string;
  readonly path?: string;
  readonly mtlsSecret?: string;
  readonly chainTLS?: {
    readonly secretName?: string;
    /** The same under another name. */
    readonly certificate?: string;
    readonly requireClientCertificate?: boolean;
  };
  readonly want: Wanted;
}

export interface Wanted {
  readonly error?: string;
  readonly listener?: string;
  readonly chain?: string;
  readonly routeConfig?: string;
  readonly vhost?: string;
  readonly route?: string;
  readonly cluster?: string;
  readonly strict?: boolean;
}

export interface RouteTable {
  readonly routeConfig: string;
  readonly domains: Readonly<Record<string, readonly string[]>>;
  readonly absentOk?: boolean;
}

export interface InboundCluster {
  readonly endpoints: readonly string[];
  readonly metadataServices: readonly string[];
}

export interface ListenerShape {
  readonly port?: number;
  readonly name?: string;
  readonly listenerCount?: number;
  readonly listenerCountAtLeast?: number;
  readonly filterChainMatcher?: 'present' | 'absent';
  readonly defaultFilterChain?: 'present' | 'absent';
  readonly prefixRangeChains?: number;
  readonly prefixLen?: number;
  readonly firstChainSds?: { readonly secretName?: string; readonly grpcCluster?: string };
}

const scenarioFields = [
  ...['name', 'source', 'description', 'adapted', 'config', 'kubeConfig', 'meshConfig', 'features'],
  ...['internalAnnotations', 'node', 'validate', 'calls', 'routeTables', 'inboundClusters', 'listenerShape'],
];
const callFields = [
  ...['name', 'mode', 'address', 'port', 'protocol', 'tls', 'alpn', 'sni', 'host', 'path', 'mtlsSecret'],
  ...['chainTLS', 'want'],
];
const wantedFields = ['error', 'listener', 'chain', 'routeConfig', 'vhost', 'route', 'cluster', 'strict'];
const shapeFields = [
  ...['port', 'name', 'listenerCount', 'listenerCountAtLeast', 'filterChainMatcher', 'defaultFilterChain'],
  ...['prefixRangeChains', 'prefixLen', 'firstChainSds'],
];

/** Fields of a scenario that no check reads. */
export function unreadScenarioFields(scenario: Scenario): readonly string[] {
  const { calls = [], listenerShape = [] } = scenario;
  return [
    ...unreadFields(scenario, scenarioFields),
    ...calls.flatMap((call) => [
      ...unreadFields(call, callFields),
      ...unreadFields(call.want, wantedFields).map((field) => `want.${field}`),
    ]),
    ...listenerShape.flatMap((shape) => unreadFields(shape, shapeFields)),
  ];
}

/** The proxy of a scenario, with the node defaults of the suite's README. */
export function scenarioNode({
  type = 'sidecar',
  ips,
  labels,
  namespace,
  configNamespace,
}: ScenarioNode = {}): ProxyNode {
  const home = namespace ?? configNamespace ?? 'default';
  const ipAddresses = ips ?? ['1.1.1.1'];
  return {
    id: `${type}~${ipAddresses[0] ?? ''}~app.test~${home}.svc.cluster.local`,
    type,
    ipAddresses,
    name: 'app',
    namespace: home,
    serviceAccount: 'default',
    labels: labels ?? {},
    dnsDomain: `${home}.svc.cluster.local`,
    clusterId: 'Kubernetes',
    network: '',
    locality: { region: '', zone: '', subzone: '' },
    istioVersion: '1.23.0',
    interception: 'redirect',
    httpProxyPort: undefined,
    bindAddress: '0.0.0.0',
    applicationPorts: {},
    unprivileged: false,
  };
}
