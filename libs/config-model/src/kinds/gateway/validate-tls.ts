import type { Place } from '../../place.js';
import { checkUnique } from '../../checks/check-names.js';
import { suggest } from '../../nearest-name.js';
import { cipherSuites } from './cipher-suites.js';
import type { ServerTlsSettings } from './spec.js';

const files = ['serverCertificate', 'privateKey', 'caCertificates'] as const;

/** The certificates that a server's TLS mode needs, and those that it must not have. */
export function validateServerTls(tls: ServerTlsSettings, place: Place): void {
  warnCipherSuites(tls.cipherSuites ?? [], place.at('cipherSuites'));
  switch (tls.mode) {
    case undefined:
    case 'PASSTHROUGH':
    case 'AUTO_PASSTHROUGH':
      warnUnusedCertificates(tls, place);
      break;
    case 'ISTIO_MUTUAL':
      for (const field of [...files, 'credentialName'] as const) {
        if (isSet(tls[field]))
          place.at(field).error('ISTIO_MUTUAL cannot have associated certificates or keys: it uses its own');
      }
      break;
    case 'SIMPLE':
    case 'MUTUAL':
    case 'OPTIONAL_MUTUAL':
      checkSource(tls, place);
      checkCertificates(tls, place);
  }
}

function warnUnusedCertificates(tls: ServerTlsSettings, place: Place): void {
  for (const field of [...files, 'credentialName'] as const) {
    if (isSet(tls[field]))
      place.at(field).warning(`${tls.mode ?? 'PASSTHROUGH'} mode does not use certificates`);
  }
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

/** A suite may have an operator before it: `-`, `+` or `!`. */
function warnCipherSuites(suites: readonly string[], place: Place): void {
  for (const [index, written] of suites.entries()) {
    const suite = written.replace(/^[-+!]/u, '');
    if (!cipherSuites.includes(suite)) {
      place
        .at(index)
        .warning(
          `${JSON.stringify(suite)} is not a cipher suite and is ignored${suggest(suite, cipherSuites)}`,
        );
    }
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
