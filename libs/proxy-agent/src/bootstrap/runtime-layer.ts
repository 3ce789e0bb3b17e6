import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import { objectField, type ProxyConfig } from '../pod/proxy-config.js';

const meshRuntime: JsonObject = {
  'envoy.deprecated_features:envoy.config.listener.v3.Listener.hidden_envoy_deprecated_use_original_dst': true,
  'envoy.reloadable_features.coalesce_lb_rebuilds_on_batch_update': false,
  'envoy.reloadable_features.fixed_heap_use_allocated': true,
  'envoy.reloadable_features.http_reject_path_with_fragment': false,
  're2.max_program_size.error_level': '32768',
};

const fipsRuntime: JsonObject = { 'envoy.reloadable_features.google_grpc_disable_tls_13': true };

/** Runtime keys: the mesh's, overlaid by the proxy configuration's; an empty text takes a key away. */
export function createRuntime(proxyConfig: ProxyConfig, compliancePolicy?: string): JsonObject {
  const own = Object.entries(objectField(proxyConfig, 'runtimeValues')).map(
    ([key, value]) => [key, asBoolean(value)] as const,
  );
  const compliance = compliancePolicy === 'fips-140-2' ? fipsRuntime : {};
  const merged = Object.entries({ ...meshRuntime, ...compliance, ...Object.fromEntries(own) }).filter(
    ([, value]) => value !== '',
  );
  return {
    layers: [
      { name: 'global config', static_layer: Object.fromEntries(merged) },
      { name: 'admin', admin_layer: {} },
    ],
  };
}

function asBoolean(value: JsonValue): JsonValue {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}
