import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { findEnvoyBinary } from '../platform/envoy-binary.js';
import { inspectMachine } from '../platform/inspect-machine.mjs';
import { chooseMode, refusal, renderReport } from '../platform/machine-report.mjs';
import { Mode } from '../platform/mode.js';
import { supervisorPrefix } from '../platform/supervisor-prefix.mjs';
import type { SupervisorOptions } from '../supervisor/supervisor-options.js';
import { announce } from './announce.js';
import { ControlClient } from './control-client.js';
import { openGatewayPorts } from './gateway-ports.js';
import { checkFolders } from './start-checks.js';

export interface UpOptions {
  readonly folder: string;
  readonly data: string;
  readonly repository: string;
  /** The bundle of this program, which is also the supervisor. */
  readonly program: string;
  readonly mode: Mode | undefined;
  /** Ports of `localhost` by port of the gateway's Service; a port that nobody asked for gives way where it is taken. */
  readonly ports: Readonly<Record<number, number | undefined>>;
  readonly imageMap: string | undefined;
  readonly tokenLifetimeSeconds: number;
  readonly istiods: number;
  readonly plain: boolean;
  /** Whether the table of the machine is printed. */
  readonly table: boolean;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Starts a mesh from a folder of manifests and stays until the signal aborts. Answers the exit status. */
export async function up(options: UpOptions, signal: AbortSignal): Promise<number> {
  await checkFolders(options.folder, options.data);
  const found = await findMode(options);
  const envoy = options.plain ? undefined : await findEnvoy(options, signal);
  signal.throwIfAborted();
  // Ports of localhost are closed also where the mesh ends by itself.
  const over = new AbortController();
  try {
    return await run({ ...options, ...found, envoy }, AbortSignal.any([signal, over.signal]));
  } finally {
    over.abort();
  }
}

type FoundMode = Pick<SupervisorOptions, 'mode' | 'serviceRules' | 'captureRules'>;

/** Looks at the machine and shows it; a mode that cannot be had ends the start. */
async function findMode({ mode: asked, table, istiods }: UpOptions): Promise<FoundMode> {
  const report = await inspectMachine({ isRoot: process.getuid?.() === 0, asked });
  const mode = chooseMode(report, asked);
  if (table) say(renderReport(report.capabilities, mode));
  if (mode === undefined) throw new MeshError(MeshErrorCode.Platform, refusal(report, asked));
  if (mode === Mode.Loopback && istiods > 1)
    throw new MeshError(
      MeshErrorCode.Usage,
      '--istiods needs a mode with namespaces: in loopback the control plane has one fixed address',
    );
  if (mode === Mode.Loopback && asked === undefined)
    say('No namespaces are allowed here: the mesh runs without capture.');
  const { serviceRules, captureRules } = report;
  return { mode, serviceRules, captureRules };
}

type Start = UpOptions & FoundMode & { readonly envoy: string | undefined };

async function run(start: Start, signal: AbortSignal): Promise<number> {
  const { data, ports, plain } = start;
  const url = plain ? undefined : await openGatewayPorts({ data, ports, say }, signal);
  const supervisor = startSupervisor(start);
  const ended = new Promise<number>((done) => {
    supervisor.on('error', () => done(1));
    supervisor.on('close', (code) => done(code ?? 1));
  });
  signal.addEventListener('abort', () => supervisor.stdin?.end());
  void announce({ client: new ControlClient(data), url, ended, say }, signal);
  const status = await ended;
  return signal.aborted ? 0 : status;
}

async function findEnvoy({ repository, table }: UpOptions, signal: AbortSignal): Promise<string> {
  const envoy = await findEnvoyBinary({ repository, node: process.execPath, say }, signal);
  if (table) say(`envoy: ${envoy}`);
  return envoy;
}

function startSupervisor(options: Start): ChildProcess {
  const told: SupervisorOptions = {
    mode: options.mode,
    repository: options.repository,
    data: resolve(options.data),
    manifests: resolve(options.folder),
    node: process.execPath,
    ...(options.envoy !== undefined && { envoy: options.envoy }),
    ...(options.imageMap !== undefined && { imageMap: resolve(options.imageMap) }),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds,
    istiods: options.istiods,
    serviceRules: options.serviceRules,
    captureRules: options.captureRules,
    plain: options.plain,
  };
  const [command, ...args] = supervisorPrefix(options.mode);
  args.push(process.execPath, options.program, 'supervise', JSON.stringify(told));
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  const child = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'], env, detached: true });
  // The supervisor may be gone before it is told to end.
  child.stdin.on('error', () => undefined);
  return child;
}
