import type { listener } from '@istio-ts/xds-types';
import type { Call } from './call.js';
import { isInPrefix } from './ip-prefix.js';
import type { Inspected } from './listener-filters.js';

type Chain = listener.FilterChain;
type Match = listener.FilterChainMatch;

/** One criterion: whether a chain sets it, and how well the connection fulfils it (0 is not at all). */
interface Stage {
  readonly isSet: (match: Match) => boolean;
  readonly rank: (match: Match, call: Call, inspected: Inspected) => number;
}

const asRank = (matches: boolean): number => (matches ? 1 : 0);

/** In the order of Envoy's own trie: each stage works on what the one before it left. */
const stages: readonly Stage[] = [
  {
    isSet: (match) => match.destinationPort !== undefined,
    rank: (match, { port }) => asRank(match.destinationPort === port),
  },
  {
    isSet: (match) => match.prefixRanges.length > 0,
    rank: (match, { address }) => longestPrefix(match, address),
  },
  {
    isSet: (match) => match.serverNames.length > 0,
    rank: (match, { sni }) => bestServerName(match.serverNames, sni),
  },
  {
    isSet: (match) => match.transportProtocol !== '',
    rank: (match, { tls }, { tlsInspected }) =>
      asRank(match.transportProtocol === (tlsInspected && tls !== 'plaintext' ? 'tls' : 'raw_buffer')),
  },
  {
    isSet: (match) => match.applicationProtocols.length > 0,
    rank: (match, _, { alpn }) => asRank(alpn !== undefined && match.applicationProtocols.includes(alpn)),
  },
];

/** The chains that a connection fits best; more than one is a listener that Envoy would reject. */
export function matchChains(chains: readonly Chain[], call: Call, inspected: Inspected): readonly Chain[] {
  return stages.reduce((left, stage) => sieve(left, stage, call, inspected), chains);
}

/** Keeps the best of those that set the criterion and fulfil it; where none does, those that do not set it. */
function sieve(chains: readonly Chain[], stage: Stage, call: Call, inspected: Inspected): readonly Chain[] {
  const ranked = chains.map((chain) => {
    const match = chain.filterChainMatch;
    const isSet = match !== undefined && stage.isSet(match);
    return { chain, isSet, rank: isSet ? stage.rank(match, call, inspected) : 0 };
  });
  const best = Math.max(0, ...ranked.map(({ rank }) => rank));
  const kept = best > 0 ? ranked.filter(({ rank }) => rank === best) : ranked.filter(({ isSet }) => !isSet);
  return kept.map(({ chain }) => chain);
}

/** Length of the longest range that contains the address, plus one so that `/0` counts; 0 where none does. */
function longestPrefix({ prefixRanges }: Match, address: string): number {
  const lengths = prefixRanges
    .filter(({ addressPrefix, prefixLen = 0 }) => isInPrefix(address, addressPrefix, prefixLen))
    .map(({ prefixLen = 0 }) => prefixLen + 1);
  return Math.max(0, ...lengths);
}

function bestServerName(names: readonly string[], sni: string): number {
  return Math.max(0, ...names.map((name) => serverNameRank(name, sni)));
}

function serverNameRank(name: string, sni: string): number {
  if (name === sni) return Number.POSITIVE_INFINITY;
  return name.startsWith('*.') && sni.endsWith(name.slice(1)) ? name.length : 0;
}
