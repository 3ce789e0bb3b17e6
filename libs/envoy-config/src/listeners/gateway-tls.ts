import { memo } from '@istio-ts/foundation';
import type { ServerTlsIr, TlsVersionIr } from '@istio-ts/mesh-ir';
import { tls, type core } from '@istio-ts/xds-types';
import { httpAlpns } from '../mesh-alpn.js';
import { exactName, peerValidation } from '../tls/peer-validation.js';
import {
  certificateFiles,
  credential,
  credentialRoots,
  meshRoots,
  rootFile,
  systemRoots,
  workloadCertificate,
} from '../tls/secrets.js';
import { downstreamTlsSocket } from '../tls/transport-socket.js';

/** TLS of one server of a gateway. */
export const gatewayTls = memo((ir: ServerTlsIr): core.TransportSocket =>
  downstreamTlsSocket(
    tls.DownstreamTlsContext.create({
      requireClientCertificate: ir.mode === 'mutual' || ir.mode === 'istio-mutual',
      commonTlsContext: tls.CommonTlsContext.create({
        alpnProtocols: httpAlpns,
        tlsParams: tlsParameters(ir),
        tlsCertificateSdsSecretConfigs: [certificate(ir)],
        validationContextType:
          ir.mode === 'simple' ? undefined : peerValidation(clientRoots(ir), ir.sans.map(exactName)),
      }),
    }),
  ),
);

function certificate({ certificates }: ServerTlsIr): tls.SdsSecretConfig {
  switch (certificates.kind) {
    case 'workload':
      return workloadCertificate;
    case 'credential':
      return credential(certificates.name);
    case 'files':
      return certificateFiles(certificates.certificate, certificates.key);
  }
}

function clientRoots({ certificates }: ServerTlsIr): tls.SdsSecretConfig {
  switch (certificates.kind) {
    case 'workload':
      return meshRoots;
    case 'credential':
      return credentialRoots(certificates.name);
    case 'files':
      return certificates.ca === undefined ? systemRoots : rootFile(certificates.ca);
  }
}

/** Envoy's own versions and ciphers, unless the server states some. */
function tlsParameters({ minVersion, maxVersion, ciphers }: ServerTlsIr): tls.TlsParameters | undefined {
  if (minVersion === undefined && maxVersion === undefined && ciphers.length === 0) return undefined;
  return tls.TlsParameters.create({
    tlsMinimumProtocolVersion: tlsVersion(minVersion),
    tlsMaximumProtocolVersion: tlsVersion(maxVersion),
    cipherSuites: ciphers,
  });
}

function tlsVersion(version: TlsVersionIr | undefined): tls.TlsParameters_TlsProtocol {
  return version === undefined
    ? tls.TlsParameters_TlsProtocol.TLS_AUTO
    : tls.TlsParameters_TlsProtocol[version];
}
