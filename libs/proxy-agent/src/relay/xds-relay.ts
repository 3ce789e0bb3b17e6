import { status } from '@grpc/grpc-js';
import type { Clock, Logger, Metrics } from '@istio-ts/foundation';
import type { discovery } from '@istio-ts/xds-types';
import { asIs } from '../grpc/codec.js';
import type { ControlPlaneChannel } from '../grpc/control-plane-channel.js';
import { serveUnix } from '../grpc/unix-server.js';
import { DeltaSession, type EnvoyStream } from './delta-session.js';
import type { RelayInterceptor } from './relay-interceptor.js';
import { deltaMethod, runUpstream, stateOfTheWorldMethod } from './upstream.js';

export interface RelayOptions {
  readonly socket: string;
  readonly open: () => Promise<ControlPlaneChannel>;
  /** Of the control plane, for messages. */
  readonly address: string;
  readonly interceptors: readonly RelayInterceptor[];
  readonly onNode: (request: discovery.DeltaDiscoveryRequest) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

const bytesBothWays = {
  requestStream: true,
  responseStream: true,
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
} as const;

/**
 * Serves ADS to Envoy on a Unix socket and speaks for it to the control plane.
 *
 * @returns ends the server
 */
export function serveRelay(options: RelayOptions): Promise<() => Promise<void>> {
  return serveUnix(options.socket, {
    definition: {
      DeltaAggregatedResources: { ...bytesBothWays, path: deltaMethod },
      StreamAggregatedResources: { ...bytesBothWays, path: stateOfTheWorldMethod },
    },
    implementation: {
      DeltaAggregatedResources: (stream: EnvoyStream) => relayDelta(stream, options),
      StreamAggregatedResources: (stream: EnvoyStream) => void relayStateOfTheWorld(stream, options),
    },
  });
}

function relayDelta(envoy: EnvoyStream, options: RelayOptions): void {
  const { metrics } = options;
  const session = new DeltaSession(envoy, {
    interceptors: options.interceptors,
    logger: options.logger,
    onNode: options.onNode,
    onRequest: () => metrics.increment('istio_agent_xds_proxy_requests'),
    onResponse: () => metrics.increment('istio_agent_xds_proxy_responses'),
  });
  const stop = new AbortController();
  envoy.on('data', (bytes: Buffer) => session.onEnvoyMessage(bytes));
  envoy.on('error', () => undefined);
  envoy.on('end', () => envoy.end());
  envoy.on('close', () => {
    metrics.increment('istio_agent_envoy_connection_terminations', { type: 'closed' });
    stop.abort();
  });
  const upstream = {
    ...options,
    onFailure: (connected: boolean) => {
      if (connected) metrics.increment('istio_agent_istiod_connection_terminations', { type: 'closed' });
      else metrics.increment('istio_agent_istiod_connection_failures');
    },
  };
  void runUpstream(upstream, session, stop.signal);
}

/** Not our Envoy's dialect: bytes are handed on, and Envoy reconnects by itself when the control plane goes. */
async function relayStateOfTheWorld(envoy: EnvoyStream, { open, logger }: RelayOptions): Promise<void> {
  const early: Buffer[] = [];
  envoy.on('data', (bytes: Buffer) => early.push(bytes));
  envoy.on('error', () => undefined);
  try {
    const { client, metadata } = await open();
    const upstream = client.makeBidiStreamRequest(stateOfTheWorldMethod, asIs, asIs, metadata);
    envoy.removeAllListeners('data');
    for (const bytes of early) upstream.write(bytes);
    envoy.on('data', (bytes: Buffer) => upstream.write(bytes));
    envoy.on('end', () => upstream.end());
    envoy.on('close', () => {
      upstream.cancel();
      client.close();
    });
    upstream.on('data', (bytes: Buffer) => envoy.write(bytes));
    upstream.on('error', () =>
      envoy.emit('error', { code: status.UNAVAILABLE, details: 'the control plane went away' }),
    );
    upstream.on('end', () => envoy.end());
  } catch (error) {
    logger.warn('the control plane is away', { reason: String(error) });
    envoy.emit('error', { code: status.UNAVAILABLE, details: 'the control plane is away' });
  }
}
