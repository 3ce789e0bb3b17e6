import { core, packAny, rawBuffer, tls } from '@istio-ts/xds-types';

const tlsSocketName = 'envoy.transport_sockets.tls';

export function upstreamTlsSocket(context: tls.UpstreamTlsContext): core.TransportSocket {
  return core.TransportSocket.create({
    name: tlsSocketName,
    configType: { $case: 'typedConfig', value: packAny(tls.UpstreamTlsContext, context) },
  });
}

export function downstreamTlsSocket(context: tls.DownstreamTlsContext): core.TransportSocket {
  return core.TransportSocket.create({
    name: tlsSocketName,
    configType: { $case: 'typedConfig', value: packAny(tls.DownstreamTlsContext, context) },
  });
}

export const rawBufferSocket = core.TransportSocket.create({
  name: 'envoy.transport_sockets.raw_buffer',
  configType: { $case: 'typedConfig', value: packAny(rawBuffer.RawBuffer, rawBuffer.RawBuffer.create()) },
});
