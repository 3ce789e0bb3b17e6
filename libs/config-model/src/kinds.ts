/**
 * Every kind that is read, in one table. `enforced`: its meaning is carried out. `known`: Istio has it and we do not carry
 * it out yet; an object of such a kind is kept and raises an error-level issue, because a policy that is ignored is a hole.
 *
 * `name` is unique, and what `Resource.kind` says; `kind` is what manifests say. They differ only for the Kubernetes Gateway
 * API's Gateway. All versions of a kind read alike. `group` is '' for Kubernetes' core kinds. `body`: where the content
 * of the object stands, in `spec` or beside `metadata`. `fields`: `strict` refuses fields that the kind does not have.
 */
export interface KindEntry {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
  readonly versions: readonly [string, ...string[]];
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly status: 'enforced' | 'known';
  readonly body: 'spec' | 'rest';
  readonly fields: 'strict' | 'open';
  /** The name of an object that bears none, where that is allowed. */
  readonly defaultName?: string;
}

const istio = { namespaced: true, status: 'enforced', body: 'spec', fields: 'strict' } as const;
const kubernetes = { namespaced: true, status: 'enforced', body: 'spec', fields: 'open' } as const;
const known = { namespaced: true, status: 'known', body: 'spec', fields: 'open' } as const;
const istioKnown = { ...known, fields: 'strict' } as const;

const networking = { group: 'networking.istio.io', versions: ['v1', 'v1beta1', 'v1alpha3'] } as const;
const security = { group: 'security.istio.io', versions: ['v1', 'v1beta1'] } as const;
const extensions = { group: 'extensions.istio.io', versions: ['v1alpha1'] } as const;
const gatewayApi = {
  group: 'gateway.networking.k8s.io',
  versions: ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2'],
} as const;
const core = { group: '', versions: ['v1'] } as const;

export const kinds = [
  row('VirtualService', 'virtualservices', ['vs'], { ...istio, ...networking }),
  row('DestinationRule', 'destinationrules', ['dr'], { ...istio, ...networking }),
  row('Gateway', 'gateways', ['gw'], { ...istio, ...networking }),
  row('ServiceEntry', 'serviceentries', ['se'], { ...istio, ...networking }),
  row('WorkloadEntry', 'workloadentries', ['we'], { ...istio, ...networking }),
  row('PeerAuthentication', 'peerauthentications', ['pa'], { ...istio, ...security }),

  row('Namespace', 'namespaces', ['ns'], { ...kubernetes, ...core, namespaced: false }),
  row('Service', 'services', ['svc'], { ...kubernetes, ...core }),
  row('Endpoints', 'endpoints', ['ep'], { ...kubernetes, ...core, body: 'rest' }),
  row('EndpointSlice', 'endpointslices', [], {
    ...kubernetes,
    body: 'rest',
    group: 'discovery.k8s.io',
    versions: ['v1', 'v1beta1'],
  }),
  row('Pod', 'pods', ['po'], { ...kubernetes, ...core }),
  row('Deployment', 'deployments', ['deploy'], { ...kubernetes, group: 'apps', versions: ['v1'] }),
  row('ServiceAccount', 'serviceaccounts', ['sa'], { ...kubernetes, ...core, body: 'rest' }),
  row('ConfigMap', 'configmaps', ['cm'], { ...kubernetes, ...core, body: 'rest' }),
  row('Secret', 'secrets', [], { ...kubernetes, ...core, body: 'rest' }),
  row('Node', 'nodes', ['no'], { ...kubernetes, ...core, namespaced: false }),

  row('AuthorizationPolicy', 'authorizationpolicies', ['ap'], { ...istioKnown, ...security }),
  row('RequestAuthentication', 'requestauthentications', ['ra'], { ...istioKnown, ...security }),
  row('Sidecar', 'sidecars', [], { ...istioKnown, ...networking }),
  row('EnvoyFilter', 'envoyfilters', [], { ...istioKnown, ...networking, versions: ['v1alpha3'] }),
  row('WorkloadGroup', 'workloadgroups', ['wg'], { ...istioKnown, ...networking }),
  row('ProxyConfig', 'proxyconfigs', [], { ...istioKnown, ...networking, versions: ['v1beta1'] }),
  row('Telemetry', 'telemetries', ['telemetry'], {
    ...istioKnown,
    group: 'telemetry.istio.io',
    versions: ['v1', 'v1alpha1'],
  }),
  row('WasmPlugin', 'wasmplugins', [], { ...istioKnown, ...extensions }),
  row('TrafficExtension', 'trafficextensions', [], { ...istioKnown, ...extensions }),
  row('IstioOperator', 'istiooperators', ['iop'], {
    ...istioKnown,
    group: 'install.istio.io',
    versions: ['v1alpha1'],
    defaultName: 'installed-state',
  }),
  row('Ingress', 'ingresses', ['ing'], {
    ...known,
    group: 'networking.k8s.io',
    versions: ['v1', 'v1beta1'],
  }),
  row('GatewayClass', 'gatewayclasses', ['gc'], { ...known, ...gatewayApi, namespaced: false }),
  { ...row('KubernetesGateway', 'gateways', ['gtw'], { ...known, ...gatewayApi }), kind: 'Gateway' },
  row('HTTPRoute', 'httproutes', [], { ...known, ...gatewayApi }),
  row('GRPCRoute', 'grpcroutes', [], { ...known, ...gatewayApi }),
  row('TLSRoute', 'tlsroutes', [], { ...known, ...gatewayApi }),
  row('TCPRoute', 'tcproutes', [], { ...known, ...gatewayApi }),
  row('UDPRoute', 'udproutes', [], { ...known, ...gatewayApi }),
  row('ReferenceGrant', 'referencegrants', ['refgrant'], { ...known, ...gatewayApi }),
  row('BackendTLSPolicy', 'backendtlspolicies', ['btlspolicy'], { ...known, ...gatewayApi }),
] as const satisfies readonly KindEntry[];

/** Kinds of which an object without content is refused. */
export const requiresSpec: readonly string[] = [
  'ServiceEntry',
  'WorkloadEntry',
  'WorkloadGroup',
  'WasmPlugin',
  'TrafficExtension',
];

/** Every kind that is read. */
export type KindName = (typeof kinds)[number]['name'];
/** Kinds of Istio's own groups. */
export type IstioKind = Extract<(typeof kinds)[number], { fields: 'strict' }>['name'];
export type EnforcedKind = Extract<(typeof kinds)[number], { status: 'enforced' }>['name'];
export type KnownKind = Exclude<KindName, EnforcedKind>;

type Row = Omit<KindEntry, 'name' | 'kind' | 'plural' | 'shortNames'>;

function row<const N extends string, const P extends string, const R extends Row>(
  name: N,
  plural: P,
  shortNames: readonly string[],
  rest: R,
): R & { readonly name: N; readonly kind: N; readonly plural: P; readonly shortNames: readonly string[] } {
  return { name, kind: name, plural, shortNames, ...rest };
}

const byName = new Map<string, KindEntry>(kinds.map((entry) => [entry.name, entry]));
const byGroupKind = new Map<string, (typeof kinds)[number]>(
  kinds.map((entry) => [`${entry.group}/${entry.kind}`, entry]),
);

export function kindEntry(name: KindName): KindEntry {
  const entry = byName.get(name);
  if (entry === undefined) throw new TypeError(`no kind ${name}`);
  return entry;
}

/** The kind that a manifest means: `apiVersion` is `group/version`, or a version alone for core kinds. */
export function findKind(apiVersion: string, kind: string): (typeof kinds)[number] | undefined {
  return byGroupKind.get(`${groupOf(apiVersion)}/${kind}`);
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The kind that a person means on a command line: kind, plural or short name, `plural.group`, case aside. */
export function findKindByWord(word: string): KindEntry | undefined {
  const wanted = word.toLowerCase();
  return kinds.find((entry) => wordsFor(entry).includes(wanted));
}

function wordsFor({ name, kind, plural, shortNames, group }: KindEntry): readonly string[] {
  const qualified = group === '' ? [] : [`${plural}.${group}`];
  return [name.toLowerCase(), kind.toLowerCase(), plural, ...shortNames, ...qualified];
}
