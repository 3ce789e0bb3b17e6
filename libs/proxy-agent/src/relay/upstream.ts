import type { ClientDuplexStream } from '@grpc/grpc-js';
import { MeshError, type Clock, type Logger } from '@istio-ts/foundation';
import { Backoff, pause } from '../backoff.js';
import { asIs } from '../grpc/codec.js';
import { shortReason } from '../grpc/short-reason.js';
import type { ControlPlaneChannel } from '../grpc/control-plane-channel.js';

export type ByteStream = ClientDuplexStream<Buffer, Buffer>;

export interface UpstreamOptions {
  readonly open: () => Promise<ControlPlaneChannel>;
  /** For messages. */
  readonly address: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly onFailure: (connected: boolean) => void;
}

export interface UpstreamHandler {
  /** A connection stands; `send` is valid until the next call or `onLost`. */
  onOpen(send: (bytes: Buffer) => void): void;
  onMessage(bytes: Buffer): void | Promise<void>;
  onLost(): void;
}

export const deltaMethod = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';
export const stateOfTheWorldMethod =
  '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources';

/** Keeps one delta stream to the control plane open until the signal aborts, with growing pauses between attempts. */
export async function runUpstream(
  options: UpstreamOptions,
  handler: UpstreamHandler,
  signal: AbortSignal,
): Promise<void> {
  const { clock, random, logger, open, onFailure } = options;
  const backoff = new Backoff({ firstMs: 100, maxMs: 5000, random });
  while (!signal.aborted) {
    let answered = false;
    const reason = await connectOnce(open, handler, signal, () => {
      answered = true;
      backoff.reset();
    });
    if (isAborted(signal)) return;
    onFailure(answered);
    const delayMs = backoff.delayMs();
    logger.warn(`the control plane (${options.address}) is away: ${reason}`, {
      'next attempt in ms': delayMs,
    });
    await pause(clock, delayMs, signal);
  }
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** One connection from opening to end; returns why it ended. */
async function connectOnce(
  open: UpstreamOptions['open'],
  handler: UpstreamHandler,
  signal: AbortSignal,
  onAnswer: () => void,
): Promise<string> {
  let channel: ControlPlaneChannel;
  try {
    channel = await open();
  } catch (error) {
    return MeshError.from(error).message;
  }
  const { client, metadata } = channel;
  const stream = client.makeBidiStreamRequest(deltaMethod, asIs, asIs, metadata);
  const cancel = (): void => stream.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const reason = await follow(stream, handler, onAnswer);
  signal.removeEventListener('abort', cancel);
  client.close();
  return reason;
}

function follow(stream: ByteStream, handler: UpstreamHandler, onAnswer: () => void): Promise<string> {
  return new Promise((resolve) => {
    let queue = Promise.resolve();
    stream.on('data', (bytes: Buffer) => {
      onAnswer();
      queue = queue
        .then(() => handler.onMessage(bytes))
        .catch((error: unknown) => void stream.destroy(MeshError.from(error)));
    });
    const finish = (reason: string): void => {
      handler.onLost();
      resolve(reason);
    };
    stream.on('error', (error: Error) => finish(shortReason(error)));
    stream.on('end', () => {
      stream.end();
      finish('it closed the stream');
    });
    handler.onOpen((bytes) => void stream.write(bytes));
  });
}
