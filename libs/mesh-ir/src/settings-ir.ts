/** Mesh-wide settings that shape listeners and routes: one canonical object a mesh, shared by every class. */
export interface HttpSettingsIr {
  readonly accessLog: AccessLogIr | undefined;
  /** Whether the statistics filter is loaded (a metrics provider is in force). */
  readonly stats: boolean;
  /** Random sampling in per cent. */
  readonly traceSampling: number;
  readonly pathNormalization: 'none' | 'base' | 'merge-slashes' | 'decode-and-merge-slashes';
  readonly acceptHttp10: boolean;
  readonly protocolDetectionTimeoutMs: number;
  /** How often a proxy looks up again what DNS gave it no lifetime for. */
  readonly dnsRefreshMs: number;
  readonly trustDomains: readonly string[];
}

/** An access log in a file; `format` undefined is Istio's own format. A text format is one line, a JSON one is a map. */
export interface AccessLogIr {
  readonly path: string;
  readonly encoding: 'text' | 'json';
  readonly format: string | Readonly<Record<string, unknown>> | undefined;
}
