import { memo } from '@istio-ts/foundation';
import type { EncodedResource, ResourceSet } from '@istio-ts/xds-types';
import { encodeRemoved, resourceHeader, type XdsVariant } from './wire/response.js';

/** The difference of two sets, with its wire form. Shared by every stream that goes from the one to the other. */
export interface ResourceDelta {
  /** New and changed resources in name order. */
  readonly changed: readonly EncodedResource[];
  /** Names among `changed` that the earlier set has not. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** `changed` as the resources of a response without nonce: assembled at the first call, then shared. */
  changedBody(variant: XdsVariant): Uint8Array;
  removedBody(): Uint8Array;
}

/** Computed once per pair of identities, and gone with either of them. */
export const deltaBetween = memo((before: ResourceSet, after: ResourceSet): ResourceDelta => {
  const changed: EncodedResource[] = [];
  const added: string[] = [];
  const removed: string[] = [];
  before.diff(after, (name, held, next) => {
    if (next === undefined) removed.push(name);
    else if (next.version !== held?.version) {
      changed.push(next);
      if (held === undefined) added.push(name);
    }
  });
  const bodies = new Map<XdsVariant | 'removed', Uint8Array>();
  const once = (key: XdsVariant | 'removed', encode: () => Uint8Array): Uint8Array => {
    const body = bodies.get(key) ?? encode();
    bodies.set(key, body);
    return body;
  };
  return {
    changed,
    added,
    removed,
    changedBody: (variant) => once(variant, () => Buffer.concat(frameResources(changed, variant))),
    removedBody: () => once('removed', () => encodeRemoved(removed)),
  };
});

/** Resources in the form of a response, as pieces that share the resources' own bytes. */
export function frameResources(
  resources: readonly EncodedResource[],
  variant: XdsVariant,
): readonly Uint8Array[] {
  return resources.flatMap((resource) => [resourceHeader(resource, variant), resource.bytes]);
}
