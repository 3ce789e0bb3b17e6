import { durationFromMs, listener } from '@istio-ts/xds-types';

/** How long a TLS handshake may take on outbound and gateway chains. */
export const handshakeLimit = durationFromMs(15_000);

export function encodeChain(fields: Partial<listener.FilterChain>): Uint8Array {
  return listener.FilterChain.encode(listener.FilterChain.create(fields)).finish();
}
