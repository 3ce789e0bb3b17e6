import { hcm, tcpProxy, tls, type listener } from '@istio-ts/xds-types';
import type { Outcome } from './call.js';

const hcmName = 'envoy.filters.network.http_connection_manager';
const tcpProxyName = 'envoy.filters.network.tcp_proxy';
const hcmType =
  'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
const tcpProxyType = 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy';

export function httpConnectionManager(chain: listener.FilterChain): hcm.HttpConnectionManager | undefined {
  const bytes = filterConfig(chain, hcmName, hcmType);
  return bytes && hcm.HttpConnectionManager.decode(bytes);
}

export function tcpProxyOf(chain: listener.FilterChain): tcpProxy.TcpProxy | undefined {
  const bytes = filterConfig(chain, tcpProxyName, tcpProxyType);
  return bytes && tcpProxy.TcpProxy.decode(bytes);
}

function filterConfig(chain: listener.FilterChain, name: string, typeUrl: string): Uint8Array | undefined {
  const config = chain.filters
    .map(({ name: filterName, configType }) => ({ filterName, configType }))
    .find(
      ({ filterName, configType }) =>
        filterName === name || (configType?.$case === 'typedConfig' && configType.value.typeUrl === typeUrl),
    );
  return config?.configType?.$case === 'typedConfig' ? config.configType.value.value : undefined;
}

export function downstreamTls(chain: listener.FilterChain): tls.DownstreamTlsContext | undefined {
  const config = chain.transportSocket?.configType;
  if (chain.transportSocket?.name !== 'envoy.transport_sockets.tls' || config === undefined) return undefined;
  return tls.DownstreamTlsContext.decode(config.value.value);
}

/** The first SDS certificate of a chain, and whether it wants one of the client. */
export function chainTls(chain: listener.FilterChain): Outcome['chainTls'] {
  const context = downstreamTls(chain);
  const secret = context?.commonTlsContext?.tlsCertificateSdsSecretConfigs[0]?.name;
  if (context === undefined || secret === undefined) return undefined;
  return { secret, requireClientCertificate: context.requireClientCertificate ?? false };
}
