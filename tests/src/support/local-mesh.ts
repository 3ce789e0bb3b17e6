import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@istio-ts/testkit';

const repository = resolve(fileURLToPath(import.meta.url), '../../../..');
const localmesh = join(repository, 'tools/localmesh/dist/localmesh.js');
const istioctl = join(repository, 'tools/istioctl/dist/istioctl.js');
const startTimeoutMs = 120_000;

/** What a command printed, and its exit status. */
export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status?: { readonly podIP?: string };
  }[];
}

export interface MeshOptions {
  readonly mode?: 'root' | 'rootless' | 'rootless-one-id' | 'loopback';
  /** Folder of manifests that the mesh starts from; one of its own by default. */
  readonly folder?: string;
  /** Manifests that its own folder begins with: file name to text. */
  readonly manifests?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** localmesh itself, where it is not the one of this repository. */
  readonly program?: string;
}

/** A whole mesh, started as a user starts it, with its own data folder and gateway port; driven by its command line. */
export class LocalMesh {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  private constructor(
    private readonly place: { readonly dataDir: string; readonly folder: string; readonly port: number },
    private readonly process: ChildProcess,
    private readonly written: { text: string },
  ) {}

  get dataDir(): string {
    return this.place.dataDir;
  }

  /** The folder of manifests; what is written there is in force at once. */
  get folder(): string {
    return this.place.folder;
  }

  /** Where a client outside the mesh reaches the ingress gateway, on localhost. */
  get gatewayPort(): number {
    return this.place.port;
  }

  /** Returns when the mesh says that it is ready: istiod and the gateway run, and every pod of the folder is ready. */
  static async start(options: MeshOptions = {}): Promise<LocalMesh> {
    const dataDir = await mkdtemp(join(tmpdir(), 'mesh-'));
    await chmod(dataDir, 0o755);
    const folder = options.folder ?? join(dataDir, 'manifests');
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(options.manifests ?? {}))
      await writeFile(join(folder, name), text);
    const port = await freePort();
    const mode = options.mode === undefined ? [] : ['--mode', options.mode];
    const args = [
      options.program ?? localmesh,
      'up',
      folder,
      '--data-dir',
      dataDir,
      '--port',
      String(port),
      ...mode,
      ...(options.args ?? []),
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const written = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => (written.text += String(part)));
    const mesh = new LocalMesh({ dataDir, folder, port }, child, written);
    try {
      await eventually(() => mesh.assertStarted(), startTimeoutMs, 100);
    } catch (error) {
      await mesh.stop();
      throw error;
    }
    return mesh;
  }

  /** Everything that the terminal of the mesh has shown. */
  get terminal(): string {
    return this.written.text;
  }

  /** A verb of localmesh on this mesh. */
  cli(...args: readonly string[]): Promise<Finished> {
    return run(process.execPath, [localmesh, ...args, '--data-dir', this.dataDir]);
  }

  /** A verb that must succeed; its standard output. */
  async must(...args: readonly string[]): Promise<string> {
    const { stdout, stderr, status } = await this.cli(...args);
    if (status !== 0) throw new Error(`localmesh ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** A command of istioctl on this mesh, whatever its exit status. */
  istioctlStatus(...args: readonly string[]): Promise<Finished> {
    const env = { ...process.env, LOCALMESH_DATA: this.dataDir };
    return run(process.execPath, [istioctl, ...args], env);
  }

  async istioctl(...args: readonly string[]): Promise<string> {
    const { stdout, stderr, status } = await this.istioctlStatus(...args);
    if (status !== 0) throw new Error(`istioctl ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Runs a command in a pod. */
  exec(pod: string, namespace: string, command: readonly string[], container?: string): Promise<Finished> {
    const chosen = container === undefined ? [] : ['-c', container];
    return run(process.execPath, [
      localmesh,
      'exec',
      pod,
      '-n',
      namespace,
      ...chosen,
      '--data-dir',
      this.dataDir,
      '--',
      ...command,
    ]);
  }

  /** One request to the ingress gateway, as a client outside the mesh. */
  gateway(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return new Promise((done, fail) => {
      const { agent, gatewayPort: port } = this;
      const call = request({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (body += part));
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
        response.on('error', fail);
      });
      call.on('error', fail);
      call.end();
    });
  }

  /** Many requests to the gateway, a few at a time. */
  async gatewayMany(
    count: number,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    const lane = async (): Promise<void> => {
      while (answers.length < count) {
        const slot = answers.push({ status: 0, headers: {}, body: '' }) - 1;
        answers[slot] = await this.gateway(path, headers);
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    return answers;
  }

  /** The address of a running pod whose name begins so. */
  async podAddress(namespace: string, prefix: string): Promise<string> {
    const pods = JSON.parse(await this.must('get', 'pods', '-n', namespace, '-o', 'json')) as PodList;
    const found = pods.items.find(
      ({ metadata, status }) => metadata.name.startsWith(prefix) && status?.podIP !== undefined,
    );
    if (found?.status?.podIP === undefined) throw new Error(`no pod of ${namespace} begins with ${prefix}`);
    return found.status.podIP;
  }

  /** One request through `localmesh port-forward`, which ends with it; the body. */
  async throughPortForward(pod: string, namespace: string, port: number, path: string): Promise<string> {
    const local = await freePort();
    const args = ['port-forward', pod, `${local}:${port}`, '-n', namespace, '--data-dir', this.dataDir];
    const child = spawn(process.execPath, [localmesh, ...args], { stdio: 'ignore' });
    try {
      return await eventually(() =>
        fetch(`http://127.0.0.1:${local}${path}`).then((answer) => answer.text()),
      );
    } finally {
      child.kill('SIGINT');
    }
  }

  async waitForPods(namespace: string, expected: Readonly<Record<string, number>>): Promise<void> {
    await eventually(
      async () => {
        const rows = (await this.must('get', 'pods', '-n', namespace)).split('\n').slice(1);
        for (const [prefix, count] of Object.entries(expected)) {
          const ready = rows.filter((row) => row.startsWith(prefix) && isReadyRow(row)).length;
          if (ready < count)
            throw new Error(
              `${prefix}: ${ready} of ${count} ready\n${rows.join('\n')}\n${this.terminal.slice(-2000)}`,
            );
        }
      },
      60_000,
      200,
    );
  }

  /** Ends the mesh as Ctrl-C does, and removes its data. */
  async stop(): Promise<void> {
    this.agent.destroy();
    if (this.process.exitCode === null) {
      const ended = new Promise((done) => this.process.once('exit', done));
      this.process.kill('SIGINT');
      await ended;
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private assertStarted(): void {
    if (this.process.exitCode !== null)
      throw new Error(`localmesh ended with ${this.process.exitCode}:\n${this.terminal}`);
    if (!/gateway answers at/i.test(this.terminal))
      throw new Error(`the mesh is not up yet:\n${this.terminal}`);
  }
}

function isReadyRow(row: string): boolean {
  const [, ready = '0/1', status] = row.split(/\s+/);
  const [up, all] = ready.split('/');
  return status === 'Running' && up === all;
}

function run(command: string, args: readonly string[], env = process.env): Promise<Finished> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part) => (stdout += String(part)));
    child.stderr.on('data', (part) => (stderr += String(part)));
    child.on('error', fail);
    child.on('close', (code) => done({ stdout, stderr, status: code ?? 1 }));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** The text of a file of the repository. */
export function repositoryFile(path: string): Promise<string> {
  return readFile(join(repository, path), 'utf8');
}

export { repository };
