import { matcher, tls } from '@istio-ts/xds-types';

/** Peers must chain to these roots, where names are given carry one of them, and pass what else is asked. */
export function peerValidation(
  roots: tls.SdsSecretConfig,
  names: readonly tls.SubjectAltNameMatcher[],
  more: Partial<tls.CertificateValidationContext> = {},
): NonNullable<tls.CommonTlsContext['validationContextType']> {
  return {
    $case: 'combinedValidationContext',
    value: tls.CommonTlsContext_CombinedCertificateValidationContext.create({
      defaultValidationContext: tls.CertificateValidationContext.create({
        ...more,
        matchTypedSubjectAltNames: names,
      }),
      validationContextSdsSecretConfig: roots,
    }),
  };
}

/** Exactly this name, of the type that it has the form of. */
export function exactName(san: string): tls.SubjectAltNameMatcher {
  return tls.SubjectAltNameMatcher.create({
    sanType: sanType(san),
    matcher: matcher.StringMatcher.create({ matchPattern: { $case: 'exact', value: san } }),
  });
}

/** Any workload of a trust domain. */
export function trustDomainName(trustDomain: string): tls.SubjectAltNameMatcher {
  return tls.SubjectAltNameMatcher.create({
    sanType: tls.SubjectAltNameMatcher_SanType.URI,
    matcher: matcher.StringMatcher.create({
      matchPattern: { $case: 'prefix', value: `spiffe://${trustDomain}/` },
    }),
  });
}

function sanType(san: string): tls.SubjectAltNameMatcher_SanType {
  if (san.includes('://')) return tls.SubjectAltNameMatcher_SanType.URI;
  if (san.includes('@')) return tls.SubjectAltNameMatcher_SanType.EMAIL;
  if (san.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(san)) {
    return tls.SubjectAltNameMatcher_SanType.IP_ADDRESS;
  }
  return tls.SubjectAltNameMatcher_SanType.DNS;
}
