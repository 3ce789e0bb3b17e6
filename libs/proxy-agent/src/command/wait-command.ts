import { Command } from 'commander';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { pause } from '../backoff.js';
import { callHttp } from '../envoy/envoy-admin.js';
import { systemClock } from '../system-clock.js';
import type { CommandContext } from './command-context.js';

interface WaitFlags {
  readonly url?: string;
  readonly timeoutSeconds: string;
  readonly periodMillis: string;
  readonly requestTimeoutMillis: string;
}

/** `pilot-agent wait`: returns when the pod's proxy is ready, fails when that takes too long. */
export function createWaitCommand(context: CommandContext): Command {
  return new Command('wait')
    .description('wait until the proxy is ready')
    .option('--url <url>', 'what to ask (default: the health port, http://localhost:15021/healthz/ready)')
    .option('--timeoutSeconds <seconds>', 'when to give up', '60')
    .option('--periodMillis <milliseconds>', 'pause between attempts', '500')
    .option('--requestTimeoutMillis <milliseconds>', 'how long one answer may take', '500')
    .action((flags: WaitFlags) => waitUntilReady(context, flags));
}

async function waitUntilReady({ env }: CommandContext, flags: WaitFlags): Promise<void> {
  const host = env['ISTIO_TS_BIND_ADDRESS'] ?? '127.0.0.1';
  const url = new URL(flags.url ?? `http://${host}:15021/healthz/ready`);
  const endpoint = { host: url.hostname, port: Number(url.port === '' ? '80' : url.port) };
  const endMs = systemClock.nowMs() + Number(flags.timeoutSeconds) * 1000;
  const never = new AbortController().signal;
  let last = 'it was not asked';
  while (systemClock.nowMs() < endMs) {
    try {
      const call = { method: 'GET', path: url.pathname, timeoutMs: Number(flags.requestTimeoutMillis) };
      const { status, body } = await callHttp(endpoint, call);
      if (status === 200) return;
      last = body.toString('utf8');
    } catch (error) {
      last = MeshError.from(error).message;
    }
    await pause(systemClock, Number(flags.periodMillis), never);
  }
  throw new MeshError(
    MeshErrorCode.Timeout,
    `the proxy is not ready after ${flags.timeoutSeconds} s: ${last}`,
  );
}
