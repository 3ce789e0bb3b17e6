import { compare, type CaseOutcome } from '../../suite.js';
import { ask, startServer } from './local-server.js';
import { openStatusPort } from './status-port.js';

export interface ControlCase {
  readonly name: string;
  readonly options?: { readonly profiling?: boolean };
  readonly request: { readonly method: string; readonly path: string; readonly from: string };
  readonly expect: { readonly status: number; readonly shutdown?: boolean };
}

/** Ending the agent from outside. The machine has to have another address for callers that are not local. */
export async function runControlCase({ options, request, expect }: ControlCase): Promise<CaseOutcome> {
  if (options?.profiling === true) return { kind: 'unsupported', needs: 'profiling of the agent over HTTP' };
  if (request.from === 'not localhost')
    return { kind: 'unsupported', needs: 'a second address of the machine that runs the cases' };
  let shutdown = false;
  const host = request.from === '[::1]' ? '::1' : '127.0.0.1';
  const agent = await openStatusPort({ host, onQuit: () => (shutdown = true) });
  try {
    const { status } = await ask({ port: agent.port, host, method: request.method, path: request.path });
    return compare({ status: expect.status, shutdown: expect.shutdown }, { status, shutdown });
  } finally {
    await agent.close();
  }
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
