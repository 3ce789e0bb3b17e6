import type { ClientTlsIr, OutboundClusterIr, OwnTlsIr } from '@istio-ts/mesh-ir';
import { cluster, core, packAny, tls, upstreamProxyProtocol } from '@istio-ts/xds-types';
import { exactName, peerValidation } from '../tls/peer-validation.js';
import {
  certificateFiles,
  credential,
  meshRoots,
  rootFile,
  systemRoots,
  workloadCertificate,
} from '../tls/secrets.js';
import { rawBufferSocket, upstreamTlsSocket } from '../tls/transport-socket.js';
import { isHostProvided } from './discovery.js';

/** The cluster's transport socket, or one for each kind of endpoint where mutual TLS is automatic. */
export function clusterTls(ir: OutboundClusterIr): Partial<cluster.Cluster> {
  const socket = upstreamTls(ir.tls, ir.protocol === 'http2');
  const withHeader = (inner: core.TransportSocket) => withProxyProtocol(inner, ir.policy.proxyProtocol);
  if (socket === undefined) {
    return ir.policy.proxyProtocol === undefined ? {} : { transportSocket: withHeader(rawBufferSocket) };
  }
  // An address that a caller chose is no endpoint with metadata: there is nothing to match on.
  if (ir.tls.kind !== 'auto-mtls' || isHostProvided(ir)) return { transportSocket: withHeader(socket) };
  return {
    transportSocketMatches: [
      cluster.Cluster_TransportSocketMatch.create({
        name: 'tlsMode-istio',
        match: { tlsMode: 'istio' },
        transportSocket: withHeader(socket),
      }),
      cluster.Cluster_TransportSocketMatch.create({
        name: 'tlsMode-disabled',
        match: {},
        transportSocket: withHeader(rawBufferSocket),
      }),
    ],
  };
}

/** undefined: plain text. */
export function upstreamTls(ir: ClientTlsIr, http2: boolean): core.TransportSocket | undefined {
  switch (ir.kind) {
    case 'plain':
      return undefined;
    case 'auto-mtls':
    case 'istio-mutual':
      return upstreamTlsSocket(meshTls(ir, http2));
    default:
      return upstreamTlsSocket(ownTls(ir, http2));
  }
}

/** Envoy stops at TLS 1.2 upstream unless it is told more. */
const tlsParams = tls.TlsParameters.create({
  tlsMinimumProtocolVersion: tls.TlsParameters_TlsProtocol.TLSv1_2,
  tlsMaximumProtocolVersion: tls.TlsParameters_TlsProtocol.TLSv1_3,
});

/** Says `istio`: something of the mesh. HTTP routes say more (filters/alpn.ts). */
function meshTls(
  ir: Extract<ClientTlsIr, { readonly kind: 'auto-mtls' | 'istio-mutual' }>,
  http2: boolean,
): tls.UpstreamTlsContext {
  return tls.UpstreamTlsContext.create({
    sni: ir.sni,
    commonTlsContext: tls.CommonTlsContext.create({
      tlsParams,
      alpnProtocols: http2 ? ['istio', 'h2'] : ['istio'],
      tlsCertificateSdsSecretConfigs: [workloadCertificate],
      validationContextType: peerValidation(meshRoots, ir.sans.map(exactName)),
    }),
  });
}

function ownTls(ir: OwnTlsIr, http2: boolean): tls.UpstreamTlsContext {
  return tls.UpstreamTlsContext.create({
    sni: ir.sni ?? '',
    commonTlsContext: tls.CommonTlsContext.create({
      tlsParams,
      alpnProtocols: http2 ? ['h2'] : [],
      tlsCertificateSdsSecretConfigs: ir.kind === 'mutual' ? [ownCertificate(ir)] : [],
      validationContextType: ir.insecureSkipVerify
        ? undefined
        : peerValidation(ownRoots(ir), ir.sans.map(exactName)),
    }),
  });
}

function ownCertificate({ certificates }: OwnTlsIr): tls.SdsSecretConfig {
  return certificates.kind === 'credential'
    ? credential(certificates.certificate)
    : certificateFiles(certificates.certificate, certificates.key);
}

function ownRoots({ certificates }: OwnTlsIr): tls.SdsSecretConfig {
  if (certificates.kind === 'credential') return credential(certificates.roots);
  return certificates.ca === '' ? systemRoots : rootFile(certificates.ca);
}

function withProxyProtocol(
  inner: core.TransportSocket,
  version: 'v1' | 'v2' | undefined,
): core.TransportSocket {
  if (version === undefined) return inner;
  const config = upstreamProxyProtocol.ProxyProtocolUpstreamTransport.create({
    config: core.ProxyProtocolConfig.create({
      version: version === 'v1' ? core.ProxyProtocolConfig_Version.V1 : core.ProxyProtocolConfig_Version.V2,
    }),
    transportSocket: inner,
  });
  return core.TransportSocket.create({
    name: 'envoy.transport_sockets.upstream_proxy_protocol',
    configType: {
      $case: 'typedConfig',
      value: packAny(upstreamProxyProtocol.ProxyProtocolUpstreamTransport, config),
    },
  });
}
