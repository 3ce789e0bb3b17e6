import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { linkCommands, podBatch, podSettings, type NetworkPlan } from '../network/network-plan.js';
import { runCommand } from '../platform/run-command.js';
import { launch } from './child-process.js';
import { parseListeningPorts } from './listening-ports.js';
import { mountScript } from './mount-script.js';
import type {
  PodProcess,
  ProcessSpec,
  ProcessUser,
  Sandbox,
  SandboxFactory,
  SandboxRequest,
} from './sandbox.js';

export const proxyUser = 1337;

export interface NamespaceSandboxOptions {
  readonly network: NetworkPlan;
  /** Whether other user ids than one's own exist: as root, or with mapped sub-ids. */
  readonly manyIds: boolean;
}

/** Pods as network, mount, UTS and process namespaces, connected to the node's bridge. */
export class NamespaceSandboxFactory implements SandboxFactory {
  readonly captures = true;
  #links = 0;

  constructor(private readonly options: NamespaceSandboxOptions) {}

  async create(request: SandboxRequest): Promise<Sandbox> {
    await writePodEtc(request);
    const init = startInit(request);
    try {
      return await this.#connect(request, init);
    } catch (thrown) {
      init.signal('SIGKILL');
      throw thrown;
    }
  }

  async #connect(request: SandboxRequest, init: PodProcess): Promise<Sandbox> {
    const pid = await initPid(init, request.pod);
    this.#links += 1;
    const link = { link: `pod${String(this.#links)}`, address: request.address, pid };
    const { network } = this.options;
    for (const command of linkCommands(network, link)) await runCommand(command);
    const settings = Object.entries(podSettings).map(([name, value]) => `echo ${value} > /proc/sys/${name}`);
    const script = `ip -batch - && { ${settings.join('; ')}; }`;
    await runCommand([...enter(pid), 'sh', '-c', script], { input: podBatch(network, link) });
    return new NamespaceSandbox({ request, init, pid, manyIds: this.options.manyIds });
  }
}

interface RunningSandbox {
  readonly request: SandboxRequest;
  readonly init: PodProcess;
  readonly pid: number;
  readonly manyIds: boolean;
}

class NamespaceSandbox implements Sandbox {
  readonly address: string;
  readonly localhost = '127.0.0.1';
  readonly root: string;

  constructor(private readonly running: RunningSandbox) {
    this.address = running.request.address;
    this.root = running.request.folder;
  }

  start({ argv, env, user, cwd, output }: ProcessSpec): PodProcess {
    const inPod = ['sh', '-c', 'cd "$0" && exec "$@"', cwd, ...argv];
    const command = [...enter(this.running.pid), ...asUser(user, this.running.manyIds), ...inPod];
    return launch({ argv: command, env, output, meant: 'child' });
  }

  async listeningPorts(): Promise<ReadonlySet<number>> {
    const tables = ['tcp', 'tcp6'].map((name) => `/proc/${this.running.pid}/net/${name}`);
    const texts = await Promise.all(tables.map((file) => readFile(file, 'utf8').catch(() => '')));
    return new Set(texts.flatMap((text) => [...parseListeningPorts(text)]));
  }

  async dispose(): Promise<void> {
    this.running.init.signal('SIGKILL');
    await this.running.init.ended;
  }
}

/** Says that the pod is there, then waits for processes whose parents ended. */
const pause = 'echo ready; while :; do sleep 86400 & wait $!; done';

/** Every process of a pod enters by the namespaces of its first one, which waits for orphans and does nothing else. */
function startInit(request: SandboxRequest): PodProcess {
  const script = `${mountScript(request)}\nexec sh -c '${pause}' pod`;
  const namespaces = ['--net', '--mount', '--uts', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const argv = ['unshare', ...namespaces, '--', 'sh', '-ec', script];
  return launch({ argv, env: { PATH: process.env['PATH'] ?? '' }, output: 'pipe', meant: 'child' });
}

async function initPid(init: PodProcess, pod: string): Promise<number> {
  const said: string[] = [];
  init.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  const ready = new Promise<boolean>((resolve) => {
    init.stdout?.once('data', () => resolve(true));
    void init.ended.then(() => resolve(false));
  });
  const pid = (await ready) ? init.pid() : undefined;
  if (pid === undefined) {
    await sleep(10);
    throw new MeshError(
      MeshErrorCode.Platform,
      `pod ${pod}: its namespaces cannot be made: ${said.join('').trim()}`,
    );
  }
  return pid;
}

function enter(pid: number): readonly string[] {
  return ['nsenter', '--target', String(pid), '--net', '--mount', '--uts', '--pid', '--'];
}

/**
 * With one id there is nobody else to be: the proxy stays the namespace's root (it needs CAP_NET_ADMIN to mark its
 * sockets), and an application gets a user namespace in which it has no rights over the capture rules.
 */
function asUser(user: ProcessUser, manyIds: boolean): readonly string[] {
  if (user === 'root') return [];
  const id = String(user === 'proxy' ? proxyUser : user.uid);
  if (manyIds) return ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--'];
  return user === 'proxy' ? [] : ['unshare', '--user', `--map-user=${id}`, `--map-group=${id}`, '--'];
}

async function writePodEtc({ folder, hostname, address, resolvConf }: SandboxRequest): Promise<void> {
  const etc = join(folder, 'etc');
  await mkdir(etc, { recursive: true });
  await writeFile(join(etc, 'resolv.conf'), resolvConf);
  await writeFile(join(etc, 'hostname'), `${hostname}\n`);
  await writeFile(join(etc, 'hosts'), `127.0.0.1\tlocalhost\n::1\tlocalhost\n${address}\t${hostname}\n`);
}
