import type { SortedMap } from '@istio-ts/foundation';
import type { HashKeyIr } from './cluster-ir.js';
import type { OriginIr } from './origin-ir.js';

/** One route configuration, served by RDS. */
export interface RouteConfigIr {
  readonly name: string;
  /** By virtual host name, which is also the order on the wire. */
  readonly virtualHosts: SortedMap<VirtualHostIr>;
  /** What comes after all virtual hosts: the sidecar's `allow_any` or `block_all`, a gateway's `blackhole:<port>`. */
  readonly catchAll: CatchAllIr;
}

export type CatchAllIr =
  | { readonly kind: 'allow-any' | 'allow-any-dynamic-dns' | 'block-all' | 'none' }
  | { readonly kind: 'black-hole'; readonly port: number };

export interface VirtualHostIr {
  /** `<host>:<port>` */
  readonly name: string;
  /** Each domain occurs once in a route configuration. */
  readonly domains: readonly string[];
  readonly routes: readonly RouteIr[];
  /** Answer every plain request with a redirect to HTTPS. */
  readonly requireTls: boolean;
}

export interface RouteIr {
  /** `default`, or route name and match name of the VirtualService. */
  readonly name: string;
  readonly match: RouteMatchIr;
  readonly action: RouteActionIr;
  /** Operation name of spans: `<host>:<port>/*`. */
  readonly decorator: string;
  readonly origin: OriginIr | undefined;
  readonly requestHeaders: HeaderChangesIr | undefined;
  readonly responseHeaders: HeaderChangesIr | undefined;
  readonly fault: FaultIr | undefined;
  readonly cors: CorsIr | undefined;
}

export interface RouteMatchIr {
  readonly path: PathMatchIr;
  readonly ignoreCase: boolean;
  /** All must match; method, authority and scheme are pseudo headers (`:method`, `:authority`, `:scheme`). */
  readonly headers: readonly HeaderMatchIr[];
  readonly query: readonly QueryMatchIr[];
}

export type PathMatchIr =
  | { readonly kind: 'prefix' | 'exact' | 'regex'; readonly value: string }
  /** A whole path segment prefix: `/api` matches `/api` and `/api/x`, not `/apis`. */
  | { readonly kind: 'path-separated-prefix'; readonly value: string };

export type TextMatchIr =
  | { readonly kind: 'exact' | 'prefix' | 'suffix' | 'regex'; readonly value: string }
  | { readonly kind: 'present' };

export interface HeaderMatchIr {
  readonly name: string;
  readonly match: TextMatchIr;
  /** Match where the header does not match. */
  readonly invert: boolean;
  readonly ignoreCase: boolean;
}

export interface QueryMatchIr {
  readonly name: string;
  readonly match: TextMatchIr;
}

export type RouteActionIr = ForwardIr | RedirectIr | DirectResponseIr;

export interface ForwardIr {
  readonly kind: 'forward';
  /** One or several; weights count in proportion. Zero weights are dropped where there are several. */
  readonly destinations: readonly RouteDestinationIr[];
  /** 0 is no limit. */
  readonly timeoutMs: number;
  /** undefined: no retries at all. */
  readonly retry: RetryIr | undefined;
  readonly rewrite: RewriteIr | undefined;
  readonly mirrors: readonly MirrorIr[];
  readonly hash: readonly HashKeyIr[];
}

export interface RouteDestinationIr {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly weight: number;
  readonly alpn: HttpAlpnIr;
  readonly requestHeaders: HeaderChangesIr | undefined;
  readonly responseHeaders: HeaderChangesIr | undefined;
}

/**
 * What HTTP announces by ALPN inside the mesh's mutual TLS: the version that the destination takes, or the caller's
 * where the destination follows it (protocol `downstream` of its cluster). `own` leaves the cluster's ALPN alone: TLS of
 * a DestinationRule (SIMPLE, MUTUAL), or no TLS of the mesh at all.
 */
export type HttpAlpnIr = 'http/1.1' | 'h2' | 'downstream' | 'own';

export interface RetryIr {
  readonly attempts: number;
  /** Envoy's conditions, comma separated. */
  readonly conditions: string;
  readonly statusCodes: readonly number[];
  readonly perTryTimeoutMs: number | undefined;
  readonly backoffMs: number | undefined;
  readonly hostSelectionAttempts: number;
  /** Not the host that just failed; off with consistent hashing. */
  readonly avoidPreviousHosts: boolean;
  readonly remoteLocalities: boolean;
}

export interface RewriteIr {
  /** Replaces the matched prefix, or the whole path of an exact match. */
  readonly path: string | undefined;
  readonly pathRegex: { readonly pattern: string; readonly substitution: string } | undefined;
  readonly authority: string | undefined;
}

export interface MirrorIr {
  readonly cluster: string;
  /** 0 to 100. */
  readonly percent: number;
}

export interface RedirectIr {
  readonly kind: 'redirect';
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;
  readonly prefix: string | undefined;
  readonly code: 301 | 302 | 303 | 307 | 308;
}

export interface DirectResponseIr {
  readonly kind: 'direct-response';
  readonly status: number;
  readonly body: Uint8Array | undefined;
}

/** Names are lower case; `set` replaces, `add` appends. A change of the host is a rewrite, not a header. */
export interface HeaderChangesIr {
  readonly set: readonly HeaderValueIr[];
  readonly add: readonly HeaderValueIr[];
  readonly remove: readonly string[];
  readonly host: string | undefined;
}

export interface HeaderValueIr {
  readonly name: string;
  readonly value: string;
}

export interface FaultIr {
  readonly delay: { readonly fixedMs: number; readonly percent: number } | undefined;
  readonly abort: { readonly status: FaultStatusIr; readonly percent: number } | undefined;
}

export type FaultStatusIr =
  { readonly kind: 'http'; readonly code: number } | { readonly kind: 'grpc'; readonly code: number };

export interface CorsIr {
  readonly allowOrigins: readonly TextMatchIr[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number | undefined;
  readonly allowCredentials: boolean | undefined;
  readonly forwardUnmatchedPreflights: boolean;
}
