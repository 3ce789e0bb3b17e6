import type { DiscoveryType } from './discovery-types.js';

/** What a client must have seen to be done with an event. */
export type Goal =
  /** It holds an answer to everything that it asked for. */
  | { readonly kind: 'live' }
  /** The server has worked through what a returning client said: it answered a question asked behind that. */
  | { readonly kind: 'answered'; readonly type: 'eds'; readonly name: string }
  /** It was sent all these. */
  | { readonly kind: 'changes'; readonly changes: readonly ExpectedChange[] };

/** `changed`: another version than the one held now. `present`: any version. */
export interface ExpectedChange {
  readonly type: DiscoveryType;
  readonly name: string;
  readonly mode: 'changed' | 'present';
}
