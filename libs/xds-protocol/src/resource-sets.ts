import { hashBytes, memo, SortedMap } from '@istio-ts/foundation';
import type { EncodedResource, ResourceSet } from '@istio-ts/xds-types';
import { Digest } from './wire/digest.js';
import { bytesField } from './wire/fields.js';

/** The set of a client that holds nothing: one identity, so that first syncs of one class share their delta. */
export const emptySet: ResourceSet = SortedMap.empty<EncodedResource>();

/** Digest of a set's names and versions, as `HeldVersions.digest` of a client that holds exactly this set. */
export const setDigest = memo((set: ResourceSet): string => {
  const digest = new Digest();
  for (const [name, { version }] of set) {
    const [key, value] = [Buffer.from(name), Buffer.from(version)];
    const end = key.length + value.length;
    digest.add(Buffer.concat([key, value]), { start: 0, end: key.length }, { start: key.length, end });
  }
  return digest.render();
});

/** Digest of a set's names, as `NameList.digest` of a client that asks for exactly these. */
export const nameDigest = memo((set: ResourceSet): string => {
  const digest = new Digest();
  for (const name of set.keys()) {
    const key = Buffer.from(name);
    digest.add(key, { start: 0, end: key.length });
  }
  return digest.render();
});

/**
 * The answer for a name that does not exist: an empty load assignment or route configuration. Both have their name in
 * field 1.
 */
export function emptyResource(typeUrl: string, name: string): EncodedResource {
  const bytes = bytesField(1, name);
  return { name, typeUrl, version: hashBytes(bytes), bytes, origins: [] };
}
