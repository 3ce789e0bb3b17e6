import type { Place } from '../../place.js';
import type { ClientTlsSettings } from './traffic-policy.js';

/** The files or credential that a client's TLS mode needs, and what it must not have. */
export function validateClientTls(tls: ClientTlsSettings, place: Place): void {
  if (tls.insecureSkipVerify === true) checkSkipVerify(tls, place);
  if (tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL') return;
  if (isSet(tls.credentialName)) {
    for (const field of ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'] as const) {
      if (isSet(tls[field])) place.at(field).error('cannot be set together with credentialName');
    }
  } else if (tls.mode === 'MUTUAL') {
    for (const field of ['clientCertificate', 'privateKey'] as const) {
      if (!isSet(tls[field])) place.at(field).error('is required for MUTUAL TLS without credentialName');
    }
  }
}

function checkSkipVerify(tls: ClientTlsSettings, place: Place): void {
  const at = place.at('insecureSkipVerify');
  if (tls.mode === 'SIMPLE' && isSet(tls.credentialName))
    at.error('contradicts credentialName, which verifies');
  if (isSet(tls.caCertificates)) at.error('contradicts caCertificates, which verify');
  if ((tls.subjectAltNames ?? []).length > 0) at.error('contradicts subjectAltNames, which verify');
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
