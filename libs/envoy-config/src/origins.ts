import type { OriginIr } from '@istio-ts/mesh-ir';

/** The user's object as resources name it for blame: `VirtualService/default/reviews`. */
export function originRef(origin: OriginIr): string {
  return `${origin.kind}/${origin.namespace}/${origin.name}`;
}

/** References of all origins there are, sorted, each once. */
export function originRefs(origins: Iterable<OriginIr | undefined>): readonly string[] {
  const refs = new Set<string>();
  for (const origin of origins) if (origin !== undefined) refs.add(originRef(origin));
  return [...refs].sort();
}
