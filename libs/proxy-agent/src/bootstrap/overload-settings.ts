import type { JsonObject } from '@istio-ts/xds-types';
import { numberField, objectField, proxyMetadata, type ProxyConfig } from '../pod/proxy-config.js';
import { extension } from './protobuf-json.js';

const unlimited = 2_147_483_647;

/** The one limit over all connections from outside; the newest of three ways to set it wins. */
export function createOverloadSettings(proxyConfig: ProxyConfig): JsonObject {
  const limit =
    numberField(objectField(proxyConfig, 'connectionSettings'), 'globalDownstreamConnectionLimit') ??
    wholeNumber(proxyMetadata(proxyConfig)['ISTIO_META_GLOBAL_DOWNSTREAM_MAX_CONNECTIONS']) ??
    wholeNumber(objectField(proxyConfig, 'runtimeValues')['overload.global_downstream_max_connections']) ??
    unlimited;
  const name = 'envoy.resource_monitors.global_downstream_max_connections';
  const type = 'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig';
  return { resource_monitors: [extension(name, type, { max_active_downstream_connections: limit })] };
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
