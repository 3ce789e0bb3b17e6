import type { CredentialIr } from './credential-ir.js';
import type { OriginIr, ServiceRefIr } from './origin-ir.js';
import type { HttpSettingsIr } from './settings-ir.js';

/** One listener. Its name follows from kind, bind address and port. */
export type ListenerIr =
  | OutboundListenerIr
  | VirtualOutboundListenerIr
  | VirtualInboundListenerIr
  | InboundListenerIr
  | HttpProxyListenerIr
  | GatewayListenerIr;

/** `0.0.0.0_80` (HTTP, shared) or `10.96.0.7_5432` (TCP, a service each). Not bound unless there is no capture. */
export interface OutboundListenerIr {
  readonly kind: 'outbound';
  readonly bind: string;
  readonly port: number;
  readonly bindToPort: boolean;
  readonly chains: readonly OutboundChainIr[];
  /** Where a connection goes that no chain matches; undefined where a chain matches everything. */
  readonly fallback: 'passthrough' | 'black-hole' | undefined;
  readonly settings: HttpSettingsIr;
}

export type OutboundChainIr = OutboundHttpChainIr | OutboundTcpChainIr;

/** Plain HTTP, recognised by the HTTP inspector; routes by RDS. */
export interface OutboundHttpChainIr {
  readonly kind: 'http';
  /** Name of the route configuration: `80` or `<fqdn>:<port>`. */
  readonly routeConfig: string;
  /** Some routes lead to clusters that look up the request's host when it comes. */
  readonly dynamicDns: boolean;
}

export interface OutboundTcpChainIr {
  readonly kind: 'tcp';
  readonly match: TcpMatchIr;
  readonly route: TcpRouteIr;
}

/** An empty match is a chain that takes everything else. */
export interface TcpMatchIr {
  /** CIDRs of the original destination. */
  readonly destinations: readonly string[];
  /** SNI names; non-empty implies transport `tls`. */
  readonly serverNames: readonly string[];
}

export interface TcpRouteIr {
  /** Statistics prefix: cluster name, or `<virtual service>.<namespace>` with several destinations. */
  readonly statPrefix: string;
  readonly destinations: readonly WeightedClusterIr[];
  readonly idleTimeoutMs: number | undefined;
  /** Port of the host that the SNI names, where the cluster looks it up when the connection comes. */
  readonly dynamicDnsPort: number | undefined;
  readonly origin: OriginIr | undefined;
}

export interface WeightedClusterIr {
  readonly cluster: string;
  readonly weight: number;
}

/** What becomes of calls to hosts that the mesh does not know; `dynamic-dns` looks up the host that HTTP names. */
export type OutboundPolicyIr = 'allow-any' | 'registry-only' | 'dynamic-dns';

/** `virtualOutbound`: port 15001. */
export interface VirtualOutboundListenerIr {
  readonly kind: 'virtual-outbound';
  readonly policy: OutboundPolicyIr;
  readonly settings: HttpSettingsIr;
}

/** `virtualInbound`: port 15006, with all inbound ports of the workload as filter chains. */
export interface VirtualInboundListenerIr {
  readonly kind: 'virtual-inbound';
  readonly transparent: boolean;
  /** Mode of ports that no service declares. */
  readonly passthrough: MtlsMode;
  /** Undeclared ports with a mode of their own. */
  readonly passthroughPorts: readonly { readonly port: number; readonly mtls: MtlsMode }[];
  readonly passthroughPolicy: 'passthrough' | 'disabled';
  /** Sorted by target port. */
  readonly ports: readonly InboundPortIr[];
  readonly settings: HttpSettingsIr;
}

export type MtlsMode = 'permissive' | 'strict' | 'disable';

/** One declared inbound port; cluster, route and chain names follow from the target port. */
export interface InboundPortIr {
  readonly targetPort: number;
  readonly servicePort: number;
  readonly protocol: InboundProtocolIr;
  readonly mtls: MtlsMode;
  /** The oldest service that declares the port. */
  readonly service: ServiceRefIr;
}

export type InboundProtocolIr = 'http' | 'http2' | 'grpc' | 'grpc-web' | 'tcp' | 'auto';

/** A bound inbound listener of one port, where traffic is not captured. */
export interface InboundListenerIr {
  readonly kind: 'inbound';
  readonly bind: string;
  readonly port: InboundPortIr;
  readonly settings: HttpSettingsIr;
}

/** The outbound HTTP proxy of an uncaptured workload; route configuration `http_proxy`. */
export interface HttpProxyListenerIr {
  readonly kind: 'http-proxy';
  readonly bind: string;
  readonly port: number;
  readonly settings: HttpSettingsIr;
}

export interface GatewayListenerIr {
  readonly kind: 'gateway';
  readonly bind: string;
  readonly port: number;
  readonly chains: readonly GatewayChainIr[];
  /** The Gateways that have servers here. */
  readonly origins: readonly OriginIr[];
  /** Some routes may lead to clusters that look up the request's host when it comes. */
  readonly dynamicDns: boolean;
  readonly proxyProtocol: boolean;
  readonly settings: HttpSettingsIr;
}

export type GatewayChainIr =
  | {
      readonly kind: 'http';
      readonly routeConfig: string;
      readonly serverName: string | undefined;
      readonly serverNames: readonly string[];
      readonly tls: ServerTlsIr | undefined;
    }
  | {
      readonly kind: 'tcp';
      readonly serverNames: readonly string[];
      readonly route: TcpRouteIr;
      readonly tls: ServerTlsIr | undefined;
      /** Matches the five ALPNs of the mesh (AUTO_PASSTHROUGH). */
      readonly meshAlpn: boolean;
    };

export interface ServerTlsIr {
  readonly mode: 'simple' | 'mutual' | 'optional-mutual' | 'istio-mutual';
  readonly certificates:
    | { readonly kind: 'workload' }
    | {
        readonly kind: 'credentials';
        /** One, or one for each kind of key. */
        readonly certificates: readonly CredentialIr[];
        readonly roots: CredentialIr;
      }
    | {
        readonly kind: 'files';
        /** One, or one for each kind of key. */
        readonly pairs: readonly { readonly certificate: string; readonly key: string }[];
        readonly ca: string | undefined;
      };
  readonly sans: readonly string[];
  readonly minVersion: TlsVersionIr | undefined;
  readonly maxVersion: TlsVersionIr | undefined;
  readonly ciphers: readonly string[];
  readonly curves: readonly string[];
  /** Digests of the keys and of the certificates that clients may have; empty: any that chains to the roots. */
  readonly clientKeyDigests: readonly string[];
  readonly clientCertificateDigests: readonly string[];
}

export type TlsVersionIr = 'TLSv1_0' | 'TLSv1_1' | 'TLSv1_2' | 'TLSv1_3';
