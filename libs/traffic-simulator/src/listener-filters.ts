import type { listener } from '@istio-ts/xds-types';
import type { Call } from './call.js';

export const tlsInspectorName = 'envoy.filters.listener.tls_inspector';
export const httpInspectorName = 'envoy.filters.listener.http_inspector';

/** What the listener filters found out about a connection, before a filter chain is chosen. */
export interface Inspected {
  readonly tlsInspected: boolean;
  readonly alpn: string | undefined;
}

const sniffedAlpn = { http: 'http/1.1', http2: 'h2c', tcp: undefined } as const;

export function inspect(filters: readonly listener.ListenerFilter[], call: Call): Inspected {
  const active = (name: string): boolean =>
    filters.some((filter) => filter.name === name && isEnabled(filter, call.port));
  const tlsInspected = active(tlsInspectorName);
  const offered = tlsInspected ? call.alpn : undefined;
  const sniffed =
    active(httpInspectorName) && call.tls === 'plaintext' ? sniffedAlpn[call.protocol] : undefined;
  return { tlsInspected, alpn: sniffed ?? offered };
}

function isEnabled({ filterDisabled }: listener.ListenerFilter, port: number): boolean {
  return filterDisabled === undefined || !holds(filterDisabled, port);
}

function holds({ rule }: listener.ListenerFilterChainMatchPredicate, port: number): boolean {
  switch (rule?.$case) {
    case 'orMatch':
      return rule.value.rules.some((each) => holds(each, port));
    case 'andMatch':
      return rule.value.rules.every((each) => holds(each, port));
    case 'notMatch':
      return !holds(rule.value, port);
    case 'anyMatch':
      return rule.value;
    case 'destinationPortRange':
      return port >= rule.value.start && port < rule.value.end;
    case undefined:
      return false;
  }
}
