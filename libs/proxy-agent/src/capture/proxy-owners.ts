import type { ProxyIdentity } from './capture-config.js';
import { isMarked, isOfGroup, type PacketMatch } from './capture-rule.js';

/** How a rule recognises Envoy's packets; each match is one of several ways. */
export function ownersOf(proxy: ProxyIdentity): readonly (PacketMatch & { readonly not?: boolean })[] {
  if (proxy.kind === 'mark') return [isMarked(proxy.mark)];
  return [
    ...proxy.uids.map((account) => ({ kind: 'user', account }) as const),
    ...proxy.gids.map((account) => isOfGroup(account)),
  ];
}
