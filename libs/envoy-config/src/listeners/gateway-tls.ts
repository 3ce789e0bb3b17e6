import { memo } from '@istio-ts/foundation';
import type { ServerTlsIr, TlsVersionIr } from '@istio-ts/mesh-ir';
import { tls, type core } from '@istio-ts/xds-types';
import { httpAlpns } from '../mesh-alpn.js';
import { exactName, peerValidation } from '../tls/peer-validation.js';
import {
  certificateFiles,
  credential,
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
        tlsCertificateSdsSecretConfigs: serverCertificates(ir),
        validationContextType:
          ir.mode === 'simple'
            ? undefined
            : peerValidation(clientRoots(ir), ir.sans.map(exactName), {
                verifyCertificateSpki: ir.clientKeyDigests,
                verifyCertificateHash: ir.clientCertificateDigests,
              }),
      }),
    }),
  ),
);

function serverCertificates({ certificates }: ServerTlsIr): readonly tls.SdsSecretConfig[] {
  switch (certificates.kind) {
    case 'workload':
      return [workloadCertificate];
    case 'credentials':
      return certificates.certificates.map(credential);
    case 'files':
      return certificates.pairs.map(({ certificate, key }) => certificateFiles(certificate, key));
  }
}

function clientRoots({ certificates }: ServerTlsIr): tls.SdsSecretConfig {
  switch (certificates.kind) {
    case 'workload':
      return meshRoots;
    case 'credentials':
      return credential(certificates.roots);
    case 'files':
      return certificates.ca === undefined ? systemRoots : rootFile(certificates.ca);
  }
}

/** Envoy's own versions and ciphers, unless the server states some. */
function tlsParameters(ir: ServerTlsIr): tls.TlsParameters | undefined {
  const { minVersion, maxVersion, ciphers, curves } = ir;
  if (minVersion === undefined && maxVersion === undefined && ciphers.length + curves.length === 0) {
    return undefined;
  }
  return tls.TlsParameters.create({
    tlsMinimumProtocolVersion: tlsVersion(minVersion),
    tlsMaximumProtocolVersion: tlsVersion(maxVersion),
    cipherSuites: ciphers,
    ecdhCurves: curves,
  });
}

function tlsVersion(version: TlsVersionIr | undefined): tls.TlsParameters_TlsProtocol {
  return version === undefined
    ? tls.TlsParameters_TlsProtocol.TLS_AUTO
    : tls.TlsParameters_TlsProtocol[version];
}
