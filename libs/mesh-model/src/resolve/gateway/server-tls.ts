import type { ServerTlsSettings } from '@istio-ts/config-model';
import type { ServerTlsIr, TlsVersionIr } from '@istio-ts/mesh-ir';
import type { ServicePort } from '../../settings/mesh-settings.js';
import { resolveCredential, resolveRoots } from '../credential.js';

/** How a server takes off TLS; undefined where it does not. */
export function resolveServerTls(
  written: ServerTlsSettings | undefined,
  sds: ServicePort | undefined,
): ServerTlsIr | undefined {
  const mode = modeOf(written?.mode);
  if (written === undefined || mode === undefined) return undefined;
  return {
    mode,
    certificates: mode === 'istio-mutual' ? { kind: 'workload' } : certificatesOf(written, sds),
    sans: written.subjectAltNames ?? [],
    minVersion: versionOf(written.minProtocolVersion),
    maxVersion: versionOf(written.maxProtocolVersion),
    ciphers: written.cipherSuites ?? [],
    curves: written.ecdhCurves ?? [],
    clientKeyDigests: written.verifyCertificateSpki ?? [],
    clientCertificateDigests: written.verifyCertificateHash ?? [],
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

function certificatesOf(
  written: ServerTlsSettings,
  sds: ServicePort | undefined,
): ServerTlsIr['certificates'] {
  const names = credentialNames(written);
  const [first] = names;
  if (first !== undefined) {
    return {
      kind: 'credentials',
      certificates: names.map((name) => resolveCredential(name, sds)),
      roots: resolveRoots(given(written.caCertCredentialName) ?? first, sds),
    };
  }
  const listed = written.tlsCertificates ?? [];
  const pairs = listed.length > 0 ? listed : [written];
  return {
    kind: 'files',
    pairs: pairs.map(({ serverCertificate = '', privateKey = '' }) => ({
      certificate: serverCertificate,
      key: privateKey,
    })),
    ca: given(written.caCertificates) ?? given(listed[0]?.caCertificates),
  };
}

/** The credentials that a server presents: one, or one for each kind of key. */
export function credentialNames({
  credentialName,
  credentialNames: several,
}: ServerTlsSettings): readonly string[] {
  const one = given(credentialName);
  return one === undefined ? (several ?? []) : [one];
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

const versions = { TLSV1_0: 'TLSv1_0', TLSV1_1: 'TLSv1_1', TLSV1_2: 'TLSv1_2', TLSV1_3: 'TLSv1_3' } as const;

function versionOf(written: ServerTlsSettings['minProtocolVersion']): TlsVersionIr | undefined {
  return written === undefined || written === 'TLS_AUTO' ? undefined : versions[written];
}
