import { MeshError, type Clock, type Logger } from '@istio-ts/foundation';
import type { DrainSettings } from '../agent-settings.js';
import { pause } from '../backoff.js';
import { parseStats } from '../status/readiness.js';
import { callHttp, type HttpEndpoint } from './envoy-admin.js';

export interface DrainOptions extends DrainSettings {
  readonly admin: HttpEndpoint;
  /** Ports of Envoy whose connections do not count: they are ours. */
  readonly ownPorts: readonly number[];
  readonly clock: Clock;
  readonly logger: Logger;
}

const pollMs = 200;

/**
 * Lets Envoy finish: no new connections are kept, open ones are asked to close, and after `terminationMs` (earlier without
 * open connections, where that is wished) the caller may end it.
 */
export async function drainEnvoy(options: DrainOptions): Promise<void> {
  const { admin, clock, logger, terminationMs } = options;
  const never = new AbortController().signal;
  try {
    await callHttp(admin, { method: 'POST', path: '/drain_listeners?graceful', timeoutMs: 2000 });
  } catch (error) {
    logger.warn('Envoy could not be drained', { reason: MeshError.from(error).message });
    return;
  }
  logger.info('draining', { 'at most ms': terminationMs });
  const endMs = clock.nowMs() + terminationMs;
  while (clock.nowMs() < endMs) {
    if (options.exitOnZeroActiveConnections && (await countConnections(options)) === 0) return;
    await pause(clock, Math.min(pollMs, endMs - clock.nowMs()), never);
  }
}

/** Connections from outside, or undefined where Envoy does not say. */
async function countConnections({ admin, ownPorts }: DrainOptions): Promise<number | undefined> {
  const path = '/stats?usedonly&filter=%5Elistener%5C..*%5C.downstream_cx_active%24';
  try {
    const { body } = await callHttp(admin, { method: 'GET', path, timeoutMs: 1000 });
    const counts = [...parseStats(body.toString('utf8'))].filter(([name]) => isFromOutside(name, ownPorts));
    return counts.reduce((sum, [, count]) => sum + count, 0);
  } catch {
    return undefined;
  }
}

function isFromOutside(name: string, ownPorts: readonly number[]): boolean {
  if (name.startsWith('listener.admin.') || /\.worker_\d+\./.test(name)) return false;
  return !ownPorts.some((port) => name.includes(`_${port}.`));
}
