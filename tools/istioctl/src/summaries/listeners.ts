import { admin, listener, type JsonValue } from '@istio-ts/xds-types';
import { printMessage, resourceIn, sectionOf, type ConfigDump } from '../dump/config-dump.js';
import { placeOf } from './address.js';
import { compareText } from './cluster-name.js';
import { ChainType, chainType, renderChainMatch, renderDestinations } from './filter-chains.js';

export interface ListenerFilter {
  readonly address?: string | undefined;
  /** `HTTP`, `TCP` or `HTTP+TCP`, in any case. */
  readonly type?: string | undefined;
  /** 0: every port. */
  readonly port: number;
}

/** Static and accepted listeners of a dump that pass the filter, sorted by port, address and type. */
export function selectListeners(dump: ConfigDump, filter: ListenerFilter): readonly listener.Listener[] {
  const { staticListeners, dynamicListeners } = sectionOf(dump, admin.ListenersConfigDump);
  return [
    ...dynamicListeners.map(({ activeState }) => activeState?.listener),
    ...staticListeners.map((each) => each.listener),
  ]
    .flatMap((any) => resourceIn(any, listener.Listener))
    .filter((each) => matches(each, filter))
    .sort(compareListeners);
}

function matches(each: listener.Listener, { address, type, port }: ListenerFilter): boolean {
  return (
    (address === undefined || addressesOf(each).includes(address)) &&
    (port === 0 || placeOf(each.address).port === port) &&
    (type === undefined || listenerType(each) === type.toUpperCase())
  );
}

function compareListeners(a: listener.Listener, b: listener.Listener): number {
  return (
    placeOf(a.address).port - placeOf(b.address).port ||
    compareText(placeOf(a.address).host, placeOf(b.address).host) ||
    compareText(listenerType(a), listenerType(b))
  );
}

function addressesOf({ address, additionalAddresses }: listener.Listener): readonly string[] {
  return [address, ...additionalAddresses.map((each) => each.address)].map((each) => placeOf(each).host);
}

function chainsOf({ filterChains, defaultFilterChain }: listener.Listener): readonly listener.FilterChain[] {
  return defaultFilterChain === undefined ? filterChains : [...filterChains, defaultFilterChain];
}

/** `HTTP`, `TCP`, `HTTP+TCP`, or `UNKNOWN` where no filter chain is either. */
export function listenerType(each: listener.Listener): string {
  const types = new Set(chainsOf(each).map(chainType));
  const known = [ChainType.Http, ChainType.Tcp].filter((type) => types.has(type));
  return known.length === 0 ? ChainType.Unknown : known.join('+');
}

export const listenerHeader = ['ADDRESSES', 'PORT', 'MATCH', 'DESTINATION'] as const;
export const briefListenerHeader = ['ADDRESSES', 'PORT', 'TYPE'] as const;

/** One row a filter chain, by destination, from the end of the alphabet: a catch-all cluster stands below the routes. */
export function listenerRows(each: listener.Listener): readonly (readonly string[])[] {
  return chainsOf(each)
    .map((chain) => ({
      match: renderChainMatch(chain.filterChainMatch),
      destination: renderDestinations(chain),
    }))
    .sort((a, b) => compareText(b.destination, a.destination))
    .map(({ match, destination }) => [...placeCells(each), match, destination]);
}

/** The listener as one row. */
export function briefListenerRow(each: listener.Listener): readonly string[] {
  return [...placeCells(each), listenerType(each)];
}

function placeCells(each: listener.Listener): readonly [addresses: string, port: string] {
  return [addressesOf(each).join(','), String(placeOf(each.address).port)];
}

export function printListeners(listeners: readonly listener.Listener[]): JsonValue {
  return listeners.map((each) => printMessage(listener.Listener, each));
}
