import type { ClientTlsSettings } from '@istio-ts/config-model';
import { outboundSniName, type CertificateSourceIr, type ClientTlsIr } from '@istio-ts/mesh-ir';
import type { MeshSettings } from '../settings/mesh-settings.js';
import type { ServiceFacts } from '../snapshot/service-facts.js';

interface Target {
  readonly facts: ServiceFacts;
  readonly port: number;
  readonly subset: string;
  /** Whether the proxy may fetch credentials by name: gateways, and sidecars that the rule picks by a selector. */
  readonly mayFetch: boolean;
  /** Connections go where the client was going, over no known endpoints. */
  readonly passthrough: boolean;
}

/**
 * How a cluster is called: as the rule says, else by automatic mutual TLS, where the service is in the mesh and its
 * namespace does not refuse it. Without known endpoints all or none are called by it.
 */
export function resolveClientTls(
  rule: ClientTlsSettings | undefined,
  { facts, port, subset, passthrough, mayFetch }: Target,
  settings: MeshSettings,
): ClientTlsIr {
  const sni = outboundSniName(facts.service.host, port, subset);
  switch (rule?.mode) {
    case 'DISABLE':
      return { kind: 'plain' };
    case 'SIMPLE':
    case 'MUTUAL':
      return ownTls(rule, facts, mayFetch);
    case 'ISTIO_MUTUAL':
      return { kind: 'istio-mutual', sans: rule.subjectAltNames ?? facts.identities, sni: rule.sni ?? sni };
    case undefined:
      break;
  }
  if (!settings.autoMtls || facts.service.external || facts.refusesMtls) return { kind: 'plain' };
  if (passthrough)
    return facts.allMtls ? { kind: 'istio-mutual', sans: facts.identities, sni } : { kind: 'plain' };
  return { kind: 'auto-mtls', sans: facts.identities, sni };
}

function ownTls(rule: ClientTlsSettings, { service }: ServiceFacts, mayFetch: boolean): ClientTlsIr {
  const names = rule.subjectAltNames ?? [];
  return {
    kind: rule.mode === 'MUTUAL' ? 'mutual' : 'simple',
    sni: rule.sni === '' ? undefined : rule.sni,
    sans: names.length > 0 ? names : service.subjectAltNames,
    insecureSkipVerify: rule.insecureSkipVerify ?? false,
    certificates: certificatesOf(rule, mayFetch),
  };
}

function certificatesOf(rule: ClientTlsSettings, mayFetch: boolean): CertificateSourceIr {
  if (mayFetch && rule.credentialName !== undefined && rule.credentialName !== '') {
    return { kind: 'credential', name: rule.credentialName };
  }
  return {
    kind: 'files',
    certificate: rule.clientCertificate ?? '',
    key: rule.privateKey ?? '',
    ca: rule.caCertificates ?? '',
  };
}
