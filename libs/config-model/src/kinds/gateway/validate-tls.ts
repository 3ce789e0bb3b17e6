import type { Place } from '../../place.js';
import { checkUnique } from '../../checks/check-names.js';
import { suggest } from '../../nearest-name.js';
import { cipherSuites } from './cipher-suites.js';
import type { ServerTlsSettings } from './spec.js';

const files = ['serverCertificate', 'privateKey', 'caCertificates'] as const;

/** The certificates that a server's TLS mode needs, and those that it must not have. */
export function validateServerTls(tls: ServerTlsSettings, place: Place): void {
  warnCipherSuites(tls, place.at('cipherSuites'));
  if (tls.mode === 'ISTIO_MUTUAL') {
    for (const field of certificatesIn(tls))
      place.at(field).error('ISTIO_MUTUAL cannot have associated certificates or keys: it uses its own');
    return;
  }
  checkSource(tls, place);
  if (tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL' || tls.mode === 'OPTIONAL_MUTUAL')
    checkCertificates(tls, place);
  else warnUnusedCertificates(tls, place);
}

/** The fields that say where certificates come from, of those that are set. */
export function certificatesIn(tls: ServerTlsSettings): readonly (keyof ServerTlsSettings)[] {
  const texts = [...files, 'credentialName'] as const;
  const lists = ['credentialNames', 'tlsCertificates'] as const;
  return [
    ...texts.filter((field) => isSet(tls[field])),
    ...lists.filter((field) => (tls[field] ?? []).length > 0),
  ];
}

function warnUnusedCertificates(tls: ServerTlsSettings, place: Place): void {
  const unused = [...certificatesIn(tls), ...(isSet(tls.caCrl) ? (['caCrl'] as const) : [])];
  for (const field of unused)
    place.at(field).warning(`${tls.mode ?? 'PASSTHROUGH'} mode does not use certificates`);
  if (isSet(tls.caCrl) && isSet(tls.credentialName))
    place.at('caCrl').error('cannot be set beside credentialName, which may hold a CRL itself');
}

/** Certificates come from one source. */
function checkSource(tls: ServerTlsSettings, place: Place): void {
  const sources = [
    isSet(tls.credentialName) && 'credentialName',
    (tls.credentialNames ?? []).length > 0 && 'credentialNames',
    (tls.tlsCertificates ?? []).length > 0 && 'tlsCertificates',
    isSet(tls.serverCertificate) && isSet(tls.privateKey) && 'serverCertificate',
  ].filter((source) => source !== false);
  if (sources.length > 1) place.error(`only one of ${sources.join(', ')} may be set`);
}

function checkCertificates(tls: ServerTlsSettings, place: Place): void {
  const byName = isSet(tls.credentialName) || (tls.credentialNames ?? []).length > 0;
  const mode = tls.mode ?? 'PASSTHROUGH';
  if (mode === 'SIMPLE' && isSet(tls.caCrl) && !byName)
    place.at('caCrl').error('a CRL is not supported with SIMPLE TLS');
  if (byName) return;
  const listed = tls.tlsCertificates ?? [];
  if (listed.length === 0) checkPair(tls, mode, place);
  for (const [index, pair] of listed.entries()) checkPair(pair, mode, place.at('tlsCertificates', index));
  if (mode !== 'SIMPLE' && !isSet(tls.caCertificates) && !isSet(tls.caCertCredentialName)) {
    place.at('caCertificates').error(`${mode} TLS requires a client CA bundle`);
  }
}

type Pair = Pick<ServerTlsSettings, 'serverCertificate' | 'privateKey'>;

function checkPair({ serverCertificate, privateKey }: Pair, mode: string, place: Place): void {
  if (!isSet(serverCertificate))
    place.at('serverCertificate').error(`${mode} TLS requires a server certificate`);
  if (!isSet(privateKey)) place.at('privateKey').error(`${mode} TLS requires a private key`);
}

/** BoringSSL's language for suites has more than names: `ALL`, operators such as `-`, `+` and `!`, groups in brackets. */
function isSuite(written: string): boolean {
  return written === 'ALL' || !/^[\p{L}\p{N}]/u.test(written) || cipherSuites.includes(written);
}

function warnCipherSuites(
  { cipherSuites: suites = [], minProtocolVersion }: ServerTlsSettings,
  place: Place,
): void {
  if (suites.length === 0 && (minProtocolVersion === 'TLSV1_0' || minProtocolVersion === 'TLSV1_1'))
    place.warning(
      `${minProtocolVersion} needs older suites than those that are offered where none are named`,
    );
  for (const [index, suite] of suites.entries()) {
    if (isSuite(suite)) continue;
    const hint = suggest(suite, cipherSuites);
    place.at(index).warning(`${JSON.stringify(suite)} is not a cipher suite and is ignored${hint}`);
  }
  checkUnique(
    suites,
    (suite) => suite,
    (index, suite) => {
      place.at(index).warning(`the cipher suite ${suite} stands here twice`);
    },
  );
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
