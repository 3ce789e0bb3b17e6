import type { cluster, listener, route } from '@istio-ts/xds-types';

/** The xDS of one proxy, decoded. Route configurations are those that its listeners ask for, by name. */
export interface ProxyXds {
  readonly listeners: readonly listener.Listener[];
  readonly routes: ReadonlyMap<string, route.RouteConfiguration>;
  readonly clusters: readonly cluster.Cluster[];
}

/** One connection and, for HTTP, one request on it. */
export interface Call {
  /** `inbound` was captured to 15006; the others arrive at the address and port themselves or at 15001. */
  readonly mode: 'gateway' | 'outbound' | 'inbound';
  /** Original destination. */
  readonly address: string;
  readonly port: number;
  readonly protocol: 'http' | 'http2' | 'tcp';
  readonly tls: 'plaintext' | 'tls' | 'mtls';
  readonly alpn: string | undefined;
  readonly sni: string;
  /** Host or :authority header. */
  readonly host: string;
  readonly path: string;
  readonly method: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Name of the SDS secret by which a chain is recognised as mutual TLS of the mesh. */
  readonly mtlsSecret: string;
}

/** Why a call cannot be answered, in the order in which Envoy would find out. */
export const CallError = {
  NoListener: 'noListener',
  NoFilterChain: 'noFilterChain',
  MultipleFilterChains: 'multipleFilterChains',
  Tls: 'tlsError',
  Mtls: 'mtlsError',
  Protocol: 'protocolError',
  NoVirtualHost: 'noVirtualHost',
  TlsRedirect: 'tlsRedirect',
  NoRoute: 'noRoute',
} as const;

export type CallError = (typeof CallError)[keyof typeof CallError];

/** What a proxy does with a call. After an error, what was decided before it stays. */
export interface Outcome {
  readonly error: CallError | undefined;
  readonly listener: string;
  readonly chain: string;
  /** Empty where the route configuration is inline. */
  readonly routeConfig: string;
  readonly vhost: string;
  readonly route: string;
  /** The one cluster that takes the call; empty for weighted clusters, redirects and direct responses. */
  readonly cluster: string;
  /** All clusters that may take the call, with their weights. */
  readonly clusters: readonly WeightedName[];
  /** Name of the first SDS certificate of the chain, and whether it wants a client certificate. */
  readonly chainTls: { readonly secret: string; readonly requireClientCertificate: boolean } | undefined;
}

export interface WeightedName {
  readonly name: string;
  readonly weight: number;
}

const httpAlpn = { http: 'http/1.1', http2: 'h2', tcp: undefined } as const;
const meshAlpn = { http: 'istio-http/1.1', http2: 'istio-h2', tcp: 'istio' } as const;

/** A call with the defaults of a plain caller: the ALPN of its TLS mode, SNI from the host, path `/`, an arbitrary address. */
export function createCall(given: Partial<Call> & Pick<Call, 'port'>): Call {
  const { protocol = 'tcp', tls = 'plaintext', host = '' } = given;
  const alpn = { plaintext: undefined, tls: httpAlpn[protocol], mtls: meshAlpn[protocol] }[tls];
  return {
    mode: 'outbound',
    address: '1.3.3.7',
    protocol,
    tls,
    alpn,
    sni: tls === 'tls' ? host : '',
    host,
    path: '/',
    method: 'GET',
    headers: {},
    mtlsSecret: 'default',
    ...given,
  };
}
