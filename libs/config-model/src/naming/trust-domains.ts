import { parseSpiffeId, renderSpiffeId } from '@istio-ts/foundation';

/** Identities, and the same identities in each of the trust domains (aliases), as a set. What is no SPIFFE id stays alone. */
export function expandTrustDomains(
  identities: readonly string[],
  trustDomains: readonly string[],
): ReadonlySet<string> {
  const expanded = new Set<string>();
  for (const identity of identities) {
    expanded.add(identity);
    const id = parseSpiffeId(identity);
    if (id === undefined) continue;
    for (const trustDomain of trustDomains) expanded.add(renderSpiffeId({ ...id, trustDomain }));
  }
  return expanded;
}
