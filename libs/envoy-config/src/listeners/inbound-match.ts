import type { InboundProtocolIr, MtlsMode } from '@istio-ts/mesh-ir';
import { meshAlpns, meshHttpAlpns, meshTcpAlpns, plainHttpProtocols } from '../mesh-alpn.js';

/** One filter chain of an inbound port: what it matches, and what it does with it. */
export interface InboundMatch {
  readonly applicationProtocols: readonly string[];
  readonly transport: 'tls' | 'raw_buffer';
  readonly serves: 'http' | 'tcp';
  /** Ends the mesh's mutual TLS; without, TLS is passed on as it is. */
  readonly mutualTls: boolean;
}

/** How a port's chains tell traffic apart. */
export type InboundTraffic = 'http' | 'tcp' | 'detected';

export function inboundTraffic(protocol: InboundProtocolIr): InboundTraffic {
  if (protocol === 'auto') return 'detected';
  return protocol === 'tcp' ? 'tcp' : 'http';
}

/** The chains of a port, in order; passthrough ports are `detected`. */
export function inboundMatches(
  mode: MtlsMode,
  traffic: InboundTraffic,
  acceptHttp10: boolean,
): readonly InboundMatch[] {
  const plainHttp = plainHttpProtocols(acceptHttp10);
  switch (traffic) {
    case 'http':
      return declaredHttp[mode];
    case 'tcp':
      return declaredTcp[mode];
    case 'detected':
      return detected(plainHttp)[mode];
  }
}

/** Whether one of these chains is found by reading a client hello. */
export function readsClientHello(matches: readonly InboundMatch[]): boolean {
  return matches.some(({ transport }) => transport === 'tls');
}

/** Whether one of these chains is found by telling plain HTTP from anything else. */
export function detectsHttp(matches: readonly InboundMatch[]): boolean {
  return matches.some(
    ({ transport, applicationProtocols }) => transport === 'raw_buffer' && applicationProtocols.length > 0,
  );
}

const declaredHttp: Readonly<Record<MtlsMode, readonly InboundMatch[]>> = {
  permissive: [mutual('http', meshAlpns), plain('http')],
  strict: [mutual('http')],
  disable: [plain('http')],
};

const declaredTcp: Readonly<Record<MtlsMode, readonly InboundMatch[]>> = {
  permissive: [mutual('tcp', meshAlpns), foreignTls(), plain('tcp')],
  strict: [mutual('tcp')],
  disable: [plain('tcp')],
};

function detected(plainHttp: readonly string[]): Readonly<Record<MtlsMode, readonly InboundMatch[]>> {
  return {
    permissive: [
      mutual('http', meshHttpAlpns),
      plain('http', plainHttp),
      mutual('tcp', meshTcpAlpns),
      plain('tcp'),
      foreignTls(),
    ],
    strict: [mutual('http', meshHttpAlpns), mutual('tcp')],
    disable: [plain('http', plainHttp), plain('tcp')],
  };
}

function mutual(serves: 'http' | 'tcp', applicationProtocols: readonly string[] = []): InboundMatch {
  return { applicationProtocols, transport: 'tls', serves, mutualTls: true };
}

function plain(serves: 'http' | 'tcp', applicationProtocols: readonly string[] = []): InboundMatch {
  return { applicationProtocols, transport: 'raw_buffer', serves, mutualTls: false };
}

/** TLS of the applications' own: forwarded, not opened. */
function foreignTls(): InboundMatch {
  return { applicationProtocols: [], transport: 'tls', serves: 'tcp', mutualTls: false };
}
