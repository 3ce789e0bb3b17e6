import { shortTypeName, TypeUrl } from '@istio-ts/xds-protocol';
import type { AdsStream } from '../ads/ads-stream.js';

/** One proxy in `/debug/syncz`, with Istio's keys: nonces last sent and last acknowledged by type. */
export interface SyncStatus {
  readonly cluster_id: string;
  readonly proxy: string;
  readonly proxy_type: string;
  readonly istio_version: string;
  readonly cluster_sent?: string;
  readonly cluster_acked?: string;
  readonly listener_sent?: string;
  readonly listener_acked?: string;
  readonly route_sent?: string;
  readonly route_acked?: string;
  readonly endpoint_sent?: string;
  readonly endpoint_acked?: string;
  readonly extensionconfig_sent?: string;
  readonly extensionconfig_acked?: string;
  /** What it rejects now, where anything: the last good one of each stays. Istio's page has no such list. */
  readonly rejected?: readonly RejectedResource[];
}

export interface RejectedResource {
  readonly type: string;
  readonly name: string;
  /** The objects that may have caused it, `VirtualService/default/reviews`: those that changed, where that is known. */
  readonly objects: readonly string[];
  /** The proxy's own words. */
  readonly message: string;
}

const keys = {
  cluster: TypeUrl.Cluster,
  listener: TypeUrl.Listener,
  route: TypeUrl.Route,
  endpoint: TypeUrl.Endpoint,
  extensionconfig: TypeUrl.Extension,
} as const;

export function syncStatus(stream: AdsStream): SyncStatus {
  const nonces = Object.entries(keys).flatMap(([key, typeUrl]) => {
    const state = stream.session.find(typeUrl);
    if (state === undefined || state.lastNonce === '') return [];
    const acknowledged =
      state.acknowledgedNonce === '' ? [] : [[`${key}_acked`, state.acknowledgedNonce] as const];
    return [[`${key}_sent`, state.lastNonce] as const, ...acknowledged];
  });
  const rejected = rejectedResources(stream);
  const { clusterId, type, istioVersion } = stream.node;
  return {
    cluster_id: clusterId,
    proxy: stream.name,
    proxy_type: type,
    istio_version: istioVersion,
    ...Object.fromEntries(nonces),
    ...(rejected.length > 0 && { rejected }),
  };
}

function rejectedResources(stream: AdsStream): readonly RejectedResource[] {
  return [...stream.session.types()].flatMap((state) => {
    const { typeUrl } = state.type;
    return [...state.rejected()].map(({ name, origins }) => ({
      type: shortTypeName(typeUrl),
      name,
      objects: origins,
      message: '',
      ...stream.rejections.find(typeUrl, name),
    }));
  });
}

/** One stream in `/debug/connections` and `/debug/adsz`, with Istio's keys. */
export function connectionStatus(stream: AdsStream): Readonly<Record<string, unknown>> {
  const watches = [...stream.session.types()].map(({ type, subscription }) => [
    type.typeUrl,
    subscription.wildcard ? ['*'] : [...subscription.names()].sort(),
  ]);
  return {
    connectionId: `${stream.name}-${stream.connectionNumber}`,
    connectedAt: new Date(stream.connectedAtMs).toISOString(),
    address: stream.peer,
    metadata: stream.node,
    watches: Object.fromEntries(watches),
  };
}
