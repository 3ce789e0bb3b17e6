import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import type { PlannedAction } from './probe-plan.js';
import type { ProcessSpec, Sandbox } from './sandbox.js';

/** Where a probe is carried out, and as whom a command of it runs. */
export interface ProbeTarget {
  readonly sandbox: Sandbox;
  readonly spec: Omit<ProcessSpec, 'output'>;
}

/** One attempt: whether the container answered in time, by the kubelet's rules. */
export function attemptProbe(
  action: PlannedAction,
  { sandbox, spec }: ProbeTarget,
  timeoutMs: number,
): Promise<boolean> {
  switch (action.kind) {
    case 'http':
      return attemptHttp(action, sandbox.address, timeoutMs);
    case 'tcp':
      return attemptTcp(sandbox.address, action.port, timeoutMs);
    case 'exec':
      return attemptCommand(sandbox, { ...spec, argv: action.command, output: 'pipe' }, timeoutMs);
  }
}

function attemptHttp(
  { scheme, host, port, path, headers }: Extract<PlannedAction, { kind: 'http' }>,
  address: string,
  timeoutMs: number,
): Promise<boolean> {
  const options = {
    host: host ?? address,
    port,
    path: path.startsWith('/') ? path : `/${path}`,
    headers: { 'user-agent': 'kube-probe/1.0', ...Object.fromEntries(headers) },
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
  };
  return new Promise((resolve) => {
    // The kubelet does not verify the certificates of probes either.
    const asked =
      scheme === 'HTTPS' ? requestHttps({ ...options, rejectUnauthorized: false }) : requestHttp(options);
    asked.on('response', (answer) => {
      answer.on('error', () => undefined).resume();
      const status = answer.statusCode ?? 500;
      resolve(status >= 200 && status < 400);
    });
    asked.on('error', () => resolve(false));
    asked.end();
  });
}

function attemptTcp(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const finish = (passed: boolean) => {
      socket.destroy();
      resolve(passed);
    };
    socket.on('connect', () => finish(true));
    socket.on('timeout', () => finish(false));
    socket.on('error', () => finish(false));
  });
}

async function attemptCommand(sandbox: Sandbox, spec: ProcessSpec, timeoutMs: number): Promise<boolean> {
  const command = sandbox.start(spec);
  command.stdout?.resume();
  command.stderr?.resume();
  const timer = setTimeout(() => command.signal('SIGKILL'), timeoutMs);
  const status = await command.ended;
  clearTimeout(timer);
  return status === 0;
}
