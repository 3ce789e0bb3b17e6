import { encodedResource, listener, typeUrls, type EncodedResource } from '@istio-ts/xds-types';
import { appendFragments } from '../fragments.js';

const filterChainsField = 3;
const defaultFilterChainField = 25;

/** A listener as its shell and its encoded chains. */
export interface ListenerParts {
  readonly shell: Partial<listener.Listener> & { readonly name: string };
  readonly chains: readonly Uint8Array[];
  /** Takes what no chain matches. */
  readonly defaultChain?: Uint8Array | undefined;
  readonly origins?: readonly string[];
}

export function encodeListener(parts: ListenerParts): EncodedResource {
  const shell = listener.Listener.encode(listener.Listener.create(parts.shell)).finish();
  const withChains = appendFragments(shell, filterChainsField, parts.chains);
  const bytes =
    parts.defaultChain === undefined
      ? withChains
      : appendFragments(withChains, defaultFilterChainField, [parts.defaultChain]);
  return encodedResource(typeUrls.lds, parts.shell.name, bytes, parts.origins);
}
