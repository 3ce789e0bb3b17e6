import { memo } from '@istio-ts/foundation';
import type { HttpSettingsIr } from '@istio-ts/mesh-ir';
import { tls, type core } from '@istio-ts/xds-types';
import { httpAlpns } from '../mesh-alpn.js';
import { peerValidation, trustDomainName } from '../tls/peer-validation.js';
import { meshRoots, workloadCertificate } from '../tls/secrets.js';
import { downstreamTlsSocket } from '../tls/transport-socket.js';

/** What sidecars accept in TLS 1.2: forward secrecy first, AES-GCM only. */
const ciphers = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
];

/** Ends the mesh's mutual TLS: the caller is some workload of a trust domain, and proves it. */
export const inboundTls = memo((settings: HttpSettingsIr): core.TransportSocket =>
  downstreamTlsSocket(
    tls.DownstreamTlsContext.create({
      requireClientCertificate: true,
      commonTlsContext: tls.CommonTlsContext.create({
        alpnProtocols: httpAlpns,
        tlsParams: tls.TlsParameters.create({
          tlsMinimumProtocolVersion: tls.TlsParameters_TlsProtocol.TLSv1_2,
          tlsMaximumProtocolVersion: tls.TlsParameters_TlsProtocol.TLSv1_3,
          cipherSuites: ciphers,
        }),
        tlsCertificateSdsSecretConfigs: [workloadCertificate],
        validationContextType: peerValidation(meshRoots, settings.trustDomains.map(trustDomainName)),
      }),
    }),
  ),
);
