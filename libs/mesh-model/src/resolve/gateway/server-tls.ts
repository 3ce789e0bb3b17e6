import type { ServerTlsSettings } from '@istio-ts/config-model';
import type { ServerTlsIr, TlsVersionIr } from '@istio-ts/mesh-ir';

/** How a server takes off TLS; undefined where it does not. */
export function resolveServerTls(written: ServerTlsSettings | undefined): ServerTlsIr | undefined {
  const mode = modeOf(written?.mode);
  if (written === undefined || mode === undefined) return undefined;
  return {
    mode,
    certificates: certificatesOf(written, mode),
    sans: written.subjectAltNames ?? [],
    minVersion: versionOf(written.minProtocolVersion),
    maxVersion: versionOf(written.maxProtocolVersion),
    ciphers: written.cipherSuites ?? [],
  };
}

function modeOf(mode: ServerTlsSettings['mode']): ServerTlsIr['mode'] | undefined {
  switch (mode) {
    case 'SIMPLE':
      return 'simple';
    case 'MUTUAL':
      return 'mutual';
    case 'OPTIONAL_MUTUAL':
      return 'optional-mutual';
    case 'ISTIO_MUTUAL':
      return 'istio-mutual';
    case 'PASSTHROUGH':
    case 'AUTO_PASSTHROUGH':
    case undefined:
      return undefined;
  }
}

function certificatesOf(written: ServerTlsSettings, mode: ServerTlsIr['mode']): ServerTlsIr['certificates'] {
  if (mode === 'istio-mutual') return { kind: 'workload' };
  const name = written.credentialName ?? written.credentialNames?.[0];
  if (name !== undefined && name !== '') return { kind: 'credential', name };
  const [first] = written.tlsCertificates ?? [];
  return {
    kind: 'files',
    certificate: first?.serverCertificate ?? written.serverCertificate ?? '',
    key: first?.privateKey ?? written.privateKey ?? '',
    ca: written.caCertificates ?? first?.caCertificates,
  };
}

const versions = { TLSV1_0: 'TLSv1_0', TLSV1_1: 'TLSv1_1', TLSV1_2: 'TLSv1_2', TLSV1_3: 'TLSv1_3' } as const;

function versionOf(written: ServerTlsSettings['minProtocolVersion']): TlsVersionIr | undefined {
  return written === undefined || written === 'TLS_AUTO' ? undefined : versions[written];
}
