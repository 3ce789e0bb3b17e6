import type { listener } from '@istio-ts/xds-types';
import type { Call } from './call.js';

const virtualInbound = 'virtualInbound';
const virtualOutbound = 'virtualOutbound';

/** The listener that a connection arrives at: its own address, the wildcard of its port, or the capture listener. */
export function selectListener(
  listeners: readonly listener.Listener[],
  { mode, address, port }: Call,
): listener.Listener | undefined {
  const named = (name: string): listener.Listener | undefined =>
    listeners.find((candidate) => candidate.name === name);
  if (mode === 'inbound') return named(virtualInbound);
  const bound = (host: string): listener.Listener | undefined =>
    listeners.find((candidate) => {
      const main = mainAddress(candidate);
      return main !== undefined && main.address === host && main.port === port;
    });
  return bound(address) ?? bound('0.0.0.0') ?? named(virtualOutbound);
}

/** The main address of a listener, where it is a socket. */
export function mainAddress(
  candidate: listener.Listener,
): { readonly address: string; readonly port: number } | undefined {
  const address = candidate.address?.address;
  if (address?.$case !== 'socketAddress') return undefined;
  const specifier = address.value.portSpecifier;
  return { address: address.value.address, port: specifier?.$case === 'portValue' ? specifier.value : 0 };
}
