import { hashBytes, memo, SortedMap } from '@istio-ts/foundation';
import type { EncodedResource, ResourceSet } from '@istio-ts/xds-types';
import { Digest } from './wire/digest.js';
import { bytesField } from './wire/fields.js';

/** The set of a client that holds nothing: one identity, so that first syncs of one class share their delta. */
export const emptySet: ResourceSet = SortedMap.empty<EncodedResource>();

/** Digest of a set's names and versions, as `HeldVersions.digest` of a client that holds exactly this set. */
export const setDigest = memo((set: ResourceSet): string => {
  return digestOf([...set].map(([name, { version }]) => [Buffer.from(name), Buffer.from(version)]));
});

/** Digest of a set's names, as `NameList.digest` of a client that asks for exactly these. */
export const nameDigest = memo((set: ResourceSet): string => {
  return digestOf([...set.keys()].map((name) => [Buffer.from(name), noBytes]));
});

const noBytes = Buffer.alloc(0);

function digestOf(entries: readonly (readonly [key: Buffer, value: Buffer])[]): string {
  const digest = new Digest(Buffer.concat(entries.flat()));
  let at = 0;
  for (const [key, value] of entries) {
    const middle = at + key.length;
    const end = middle + value.length;
    digest.add(at, middle, middle, end);
    at = end;
  }
  return digest.render();
}

/**
 * The answer for a name that does not exist: an empty load assignment or route configuration. Both have their name in
 * field 1.
 */
export function emptyResource(typeUrl: string, name: string): EncodedResource {
  const bytes = bytesField(1, name);
  return { name, typeUrl, version: hashBytes(bytes), bytes, origins: [] };
}
