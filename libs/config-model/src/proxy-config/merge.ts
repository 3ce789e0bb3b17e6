import type { ProxySettings } from './spec.js';

/** Lays proxy settings over others, field by field; `proxyMetadata` key by key, `proxyHeaders` field by field. */
export function applyProxySettings(base: ProxySettings, overlay: ProxySettings): ProxySettings {
  const { proxyMetadata, proxyHeaders, ...rest } = overlay;
  return {
    ...base,
    ...rest,
    ...(proxyMetadata && { proxyMetadata: { ...base.proxyMetadata, ...proxyMetadata } }),
    ...(proxyHeaders && { proxyHeaders: { ...base.proxyHeaders, ...proxyHeaders } }),
  };
}
