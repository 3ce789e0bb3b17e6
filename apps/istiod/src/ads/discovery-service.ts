import type { ServerDuplexStream, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { anonymous, proveCaller, type Caller, type CallerProof } from './caller.js';
import { AdsStream, type AdsCall, type AdsStreamContext } from './ads-stream.js';
import { grpcStatus } from './grpc-status.js';
import { serializeRope, type Rope } from './transport.js';

const service = '/envoy.service.discovery.v3.AggregatedDiscoveryService';

function method(name: string): ServiceDefinition[string] {
  return {
    path: `${service}/${name}`,
    requestStream: true,
    responseStream: true,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (rope: Rope) => serializeRope(rope),
    responseDeserialize: (bytes: Buffer) => bytes,
  };
}

/** Aggregated discovery over raw bytes: envelopes are read and written by xds-protocol. */
export const discoveryServiceDefinition: ServiceDefinition = {
  StreamAggregatedResources: method('StreamAggregatedResources'),
  DeltaAggregatedResources: method('DeltaAggregatedResources'),
};

export interface DiscoveryServiceOptions {
  readonly context: AdsStreamContext;
  /** How callers prove themselves; undefined on the plain port, where nobody does. */
  readonly proof: CallerProof | undefined;
}

export function createDiscoveryService({
  context,
  proof,
}: DiscoveryServiceOptions): UntypedServiceImplementation {
  const serve = (variant: AdsStream['variant']) => (call: ServerDuplexStream<Buffer, Rope>) => {
    // Nothing is read before the caller is known.
    call.pause();
    prove(call, proof).then(
      (caller) => {
        new AdsStream(call, variant, context, caller).run();
        call.resume();
      },
      (thrown: unknown) => {
        const refused = grpcStatus(thrown);
        context.logger.warn('a stream is refused', { peer: call.getPeer(), reason: refused.details });
        call.on('error', () => undefined);
        call.emit('error', refused);
      },
    );
  };
  return { StreamAggregatedResources: serve('sotw'), DeltaAggregatedResources: serve('delta') };
}

async function prove(call: AdsCall, proof: CallerProof | undefined): Promise<Caller> {
  if (proof === undefined) return anonymous;
  const subjectAltNames = call.getAuthContext().sslPeerCertificate?.subjectaltname;
  return proveCaller({ metadata: call.metadata, subjectAltNames }, proof);
}
