import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { forwardPort } from '../forward/tcp-forward.js';
import { chooseMode, renderReport } from '../platform/capabilities.js';
import { inspectMachine } from '../platform/detect.js';
import { Mode, supervisorPrefix } from '../platform/mode.js';
import { isRecord, valueAt } from '../store/json-record.js';
import { gatewayPorts, gatewaySocket } from '../supervisor/gateway-forward.js';
import type { SupervisorOptions } from '../supervisor/supervisor-options.js';
import { ControlClient } from './control-client.js';
import { ps } from './ps.js';

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
  readonly plain: boolean;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Starts a mesh from a folder of manifests and stays until the signal aborts. Answers the exit status. */
export async function up(options: UpOptions, signal: AbortSignal): Promise<number> {
  await checkFolders(options);
  const report = await inspectMachine(process.getuid?.() === 0);
  const mode = chooseMode(report, options.mode);
  if (mode === undefined) {
    throw new MeshError(
      MeshErrorCode.Platform,
      `mode "${options.mode ?? ''}" does not work here:\n${renderReport(report, Mode.Loopback)}`,
    );
  }
  say(renderReport(report, mode));
  if (mode === Mode.Loopback && options.mode === undefined)
    say('No namespaces are allowed here: the mesh runs without capture.');
  const envoy = options.plain ? undefined : await findEnvoy(options.repository);
  const supervisor = startSupervisor({ ...options, mode, envoy, serviceRules: report.serviceRules });
  const ended = new Promise<number>((done) => supervisor.on('close', (code) => done(code ?? 1)));
  const stop = () => supervisor.stdin?.end();
  signal.addEventListener('abort', stop);
  const url = options.plain ? undefined : await openGateway(options, signal);
  const client = new ControlClient(options.data);
  void announce({ client, url, ended, signal });
  const status = await ended;
  return signal.aborted ? 0 : status;
}

async function checkFolders({ folder, data }: UpOptions): Promise<void> {
  const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder)
    throw new MeshError(MeshErrorCode.FileSystem, `${folder} is no folder: name a folder of manifests`);
  await mkdir(data, { recursive: true });
  const runs = await new ControlClient(data).call('/pods').then(
    () => true,
    () => false,
  );
  if (runs)
    throw new MeshError(
      MeshErrorCode.AddressInUse,
      `a mesh already runs with the data folder ${data}: end it, or give this one another with --data-dir`,
    );
}

/** The Envoy of `$ENVOY_BIN`, or the one that the repository's own installer finds or fetches. */
async function findEnvoy(repository: string): Promise<string> {
  const module: unknown = await import(
    pathToFileURL(join(repository, 'tools/envoy/src/find-envoy.mjs')).href
  );
  const find = isRecord(module) || typeof module === 'object' ? valueAt(module, 'findEnvoy') : undefined;
  const found: unknown = typeof find === 'function' ? await (find as () => Promise<unknown>)() : undefined;
  if (typeof found === 'string') return found;
  throw new MeshError(MeshErrorCode.Envoy, 'no Envoy was found: set ENVOY_BIN to one');
}

function startSupervisor(
  options: UpOptions & {
    readonly mode: Mode;
    readonly envoy: string | undefined;
    readonly serviceRules: 'nft' | 'iptables';
  },
): ChildProcess {
  const told: SupervisorOptions = {
    mode: options.mode,
    repository: options.repository,
    data: resolve(options.data),
    manifests: resolve(options.folder),
    node: process.execPath,
    ...(options.envoy !== undefined && { envoy: options.envoy }),
    ...(options.imageMap !== undefined && { imageMap: resolve(options.imageMap) }),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds,
    serviceRules: options.serviceRules,
    plain: options.plain,
  };
  const [command, ...args] = supervisorPrefix(options.mode);
  args.push(process.execPath, options.program, 'supervise', JSON.stringify(told));
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  return spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'], env, detached: true });
}

/** Opens the gateway's ports on `localhost`; answers the URL of its HTTP port. */
async function openGateway({ data, ports }: UpOptions, signal: AbortSignal): Promise<string> {
  let url = '';
  for (const { servicePort, localPort } of gatewayPorts) {
    const asked = ports[servicePort];
    const path = gatewaySocket(data, servicePort);
    const open = (port: number) => forwardPort({ host: '127.0.0.1', port }, () => ({ path }), signal);
    const bound = await open(asked ?? localPort).catch((thrown: unknown) => {
      if (asked !== undefined) throw thrown;
      return open(0);
    });
    if (servicePort === 80) url = `http://localhost:${String(bound)}`;
  }
  return url;
}

/** When every pod is ready for the first time: the table, and the URL to call. */
async function announce(input: {
  readonly client: ControlClient;
  readonly url: string | undefined;
  readonly ended: Promise<number>;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { client, url, signal } = input;
  const gone = input.ended.then(() => true);
  while (!signal.aborted) {
    const pods = await client.call('/pods').catch(() => undefined);
    const states: readonly unknown[] = Array.isArray(pods) ? pods : [];
    const settled =
      states.length > 0 &&
      states.every((pod) => valueAt(pod, 'ready') === true || valueAt(pod, 'phase') === 'Failed');
    if (settled) break;
    if (await Promise.race([gone, sleep(250).then(() => false)])) return;
  }
  if (signal.aborted) return;
  const address = url === undefined ? '' : `The gateway answers at ${url}. `;
  say(`\n${await ps(client)}\n\n${address}Ctrl-C ends the mesh.`);
}
