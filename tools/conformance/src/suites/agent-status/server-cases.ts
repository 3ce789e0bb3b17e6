import { networkInterfaces } from 'node:os';
import { compare, type CaseOutcome } from '../../suite.js';
import { ask, startServer } from './local-server.js';
import { openStatusPort } from './status-port.js';

export interface ControlCase {
  readonly name: string;
  readonly options?: { readonly profiling?: boolean };
  readonly request: { readonly method: string; readonly path: string; readonly from: string };
  /** `drainDisabled` goes with `shutdown`: who asks here does not wait, which the agent's own test proves with an Envoy. */
  readonly expect: { readonly status: number; readonly shutdown?: boolean };
}

/** Ending the agent from outside. Callers that are not local come from an address of the machine beyond loopback. */
export async function runControlCase({ options, request, expect }: ControlCase): Promise<CaseOutcome> {
  if (options?.profiling === true) return { kind: 'unsupported', needs: 'profiling of the agent over HTTP' };
  const host = addressOf(request.from);
  if (host === undefined) return { kind: 'unsupported', needs: 'an address of this machine beyond loopback' };
  let shutdown = false;
  const agent = await openStatusPort({ host, onQuit: () => (shutdown = true) });
  try {
    const { status } = await ask({ port: agent.port, host, method: request.method, path: request.path });
    return compare({ status: expect.status, shutdown: expect.shutdown }, { status, shutdown });
  } finally {
    await agent.close();
  }
}

/** Calling one's own address, one comes from it too. */
function addressOf(from: string): string | undefined {
  if (from !== 'not localhost') return from === '[::1]' ? '::1' : '127.0.0.1';
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

export interface ReadinessCase {
  readonly name: string;
  readonly steps: readonly {
    /** null: nothing listens. */
    readonly envoyStats: string | null;
    readonly expect: { readonly status: number; readonly reason?: string };
  }[];
}

/** Readiness as Envoy's statistics change. */
export async function runReadinessCase({ steps }: ReadinessCase): Promise<CaseOutcome> {
  let stats: string | null = '';
  const envoy = await startServer((_request, response) => {
    if (stats === null) response.destroy();
    else response.end(stats);
  }, '127.0.0.1');
  const agent = await openStatusPort({ adminPort: envoy.port });
  const answers: { readonly status: number; readonly reason?: string }[] = [];
  try {
    for (const { envoyStats, expect } of steps) {
      stats = envoyStats;
      const { status, body } = await ask({ port: agent.port, method: 'GET', path: '/healthz/ready' });
      answers.push({ status, ...(expect.reason !== undefined && { reason: body }) });
    }
  } finally {
    await agent.close();
    await envoy.close();
  }
  return compare(
    steps.map(({ expect }) => expect),
    answers,
  );
}
