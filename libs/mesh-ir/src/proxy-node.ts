/** What a proxy says about itself when it connects, as far as any output may read it. */
export interface ProxyNode {
  /** `sidecar~10.0.0.7~web-1.default~default.svc.cluster.local` */
  readonly id: string;
  readonly type: 'sidecar' | 'router';
  readonly ipAddresses: readonly string[];
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `default.svc.cluster.local`: short names are those of this suffix. */
  readonly dnsDomain: string;
  readonly clusterId: string;
  readonly network: string;
  readonly locality: LocalityIr;
  /** Istio API level that the proxy reports, `1.29.0`. */
  readonly istioVersion: string;
  readonly interception: 'redirect' | 'tproxy' | 'none';
  /** Port of the outbound HTTP proxy listener, where one is wanted. */
  readonly httpProxyPort: number | undefined;
  /** Address that listeners of an uncaptured proxy bind to; `0.0.0.0` unless the platform says otherwise. */
  readonly bindAddress: string;
  /** Where inbound ports of an uncaptured proxy forward to: service target port → application port. */
  readonly applicationPorts: Readonly<Record<string, number>>;
  /** Ports below 1024 cannot be bound by this proxy (a gateway without privileges). */
  readonly unprivileged: boolean;
}

export interface LocalityIr {
  readonly region: string;
  readonly zone: string;
  readonly subzone: string;
}
