import type { ClientTlsSettings } from '@istio-ts/config-model';
import { outboundSniName, type CertificateSourceIr, type ClientTlsIr } from '@istio-ts/mesh-ir';
import type { MeshSettings, ServicePort } from '../settings/mesh-settings.js';
import type { ServiceFacts } from '../snapshot/service-facts.js';
import { resolveCredential, resolveRoots } from './credential.js';

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
      return ownTls(rule, { known: facts.service.subjectAltNames, mayFetch, sds: settings.sds });
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

/** How hosts are called that the mesh does not know: as its configuration says, else in plain text. */
export function resolveUnknownHostTls(written: ClientTlsSettings | undefined): ClientTlsIr {
  switch (written?.mode) {
    case 'SIMPLE':
    case 'MUTUAL':
      return ownTls(written, { known: [], mayFetch: false, sds: undefined });
    case 'ISTIO_MUTUAL':
      return { kind: 'istio-mutual', sans: written.subjectAltNames ?? [], sni: written.sni ?? '' };
    case 'DISABLE':
    case undefined:
      return { kind: 'plain' };
  }
}

interface OwnTlsScene {
  /** Names that the destination is known to have. */
  readonly known: readonly string[];
  readonly mayFetch: boolean;
  readonly sds: ServicePort | undefined;
}

function ownTls(rule: ClientTlsSettings, scene: OwnTlsScene): ClientTlsIr {
  const names = rule.subjectAltNames ?? [];
  return {
    kind: rule.mode === 'MUTUAL' ? 'mutual' : 'simple',
    sni: rule.sni === '' ? undefined : rule.sni,
    sans: names.length > 0 ? names : scene.known,
    insecureSkipVerify: rule.insecureSkipVerify ?? false,
    certificates: certificatesOf(rule, scene),
  };
}

function certificatesOf(rule: ClientTlsSettings, { mayFetch, sds }: OwnTlsScene): CertificateSourceIr {
  const { credentialName: name = '' } = rule;
  if (mayFetch && name !== '') {
    return { kind: 'credential', certificate: resolveCredential(name, sds), roots: resolveRoots(name, sds) };
  }
  return {
    kind: 'files',
    certificate: rule.clientCertificate ?? '',
    key: rule.privateKey ?? '',
    ca: rule.caCertificates ?? '',
  };
}
