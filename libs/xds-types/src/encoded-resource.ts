import { hashBytes, type SortedMap } from '@istio-ts/foundation';

/**
 * One xDS resource as it goes over the wire. Immutable and canonical: a resource whose bytes did not change is the same
 * object as before, so sets are compared by identity. `bytes` is the encoded message (the `value` of its Any).
 */
export interface EncodedResource {
  readonly name: string;
  readonly typeUrl: string;
  /** Content hash of `bytes`: replicas agree, and a client that states what it holds is recognised. */
  readonly version: string;
  readonly bytes: Uint8Array;
  /** The user's objects that it was made from, for blame: `virtualservice/default/reviews`. */
  readonly origins: readonly string[];
}

/** All resources of one type that one class of proxies is to hold, by name. */
export type ResourceSet = SortedMap<EncodedResource>;

export function encodedResource(
  typeUrl: string,
  name: string,
  bytes: Uint8Array,
  origins: readonly string[] = [],
): EncodedResource {
  return { name, typeUrl, version: hashBytes(bytes), bytes, origins };
}
