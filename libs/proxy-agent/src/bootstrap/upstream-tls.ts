import type { JsonObject } from '@istio-ts/xds-types';
import { stringField, stringListField } from '../pod/proxy-config.js';
import { extension, present } from './protobuf-json.js';
import { sdsSecret, secretNames, trustedRoots } from './sds-secret.js';

export interface TlsPeer {
  /** Server name where the settings state none. */
  readonly name: string;
  readonly http2: boolean;
}

/**
 * The transport socket towards a service that ProxyConfig names, from its `tlsSettings`; undefined for plain text.
 * Certificates come from the agent, which reads the files and notices when they change.
 */
export function createUpstreamTls(settings: JsonObject, { name, http2 }: TlsPeer): JsonObject | undefined {
  const mode = stringField(settings, 'mode') ?? 'DISABLE';
  if (mode === 'DISABLE') return undefined;
  const inMesh = mode === 'ISTIO_MUTUAL';
  return extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
    present({
      common_tls_context: present({
        alpn_protocols: http2 ? (inMesh ? ['istio', 'h2'] : ['h2']) : undefined,
        tls_certificate_sds_secret_configs: ownCertificate(settings, mode),
        ...validation(settings, inMesh),
      }),
      sni: stringField(settings, 'sni') ?? (inMesh ? name : undefined),
    }),
  );
}

function ownCertificate(settings: JsonObject, mode: string): readonly JsonObject[] | undefined {
  if (mode === 'ISTIO_MUTUAL') return [sdsSecret(secretNames.workload)];
  if (mode !== 'MUTUAL') return undefined;
  const certificate = stringField(settings, 'clientCertificate') ?? '';
  return [sdsSecret(secretNames.fileCertificate(certificate, stringField(settings, 'privateKey') ?? ''))];
}

function validation(settings: JsonObject, inMesh: boolean): JsonObject {
  const names = stringListField(settings, 'subjectAltNames');
  if (inMesh) return trustedRoots(secretNames.meshRoots, names);
  const roots = stringField(settings, 'caCertificates');
  return trustedRoots(roots === undefined ? secretNames.systemRoots : secretNames.fileRoots(roots), names);
}
