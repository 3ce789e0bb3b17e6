import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './local-mesh.js';

export interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A program that starts the mesh in surroundings of its own: what is run stands behind it. */
  readonly under?: readonly string[];
  readonly folder?: string;
  readonly dataDir?: string;
}

const localmesh = join(repository, 'tools/localmesh/dist/localmesh.js');

/** `localmesh up` as a process of its own, for starts that are not meant to get far. */
export class StartedMesh {
  private said = '';
  private readonly ended: Promise<number>;

  private constructor(
    private readonly process: ChildProcess,
    readonly dataDir: string,
    private readonly ownsData: boolean,
  ) {
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (words) => (this.said += String(words)));
    this.ended = new Promise((done) => process.once('close', (code) => done(code ?? -1)));
  }

  static begin({ args = [], env = {}, under = [], folder, dataDir }: Start): StartedMesh {
    const data = dataDir ?? mkdtempSync(join(tmpdir(), 'bad-start-'));
    const manifests = folder ?? join(repository, 'samples/coolstore');
    const [command = '', ...rest] = [
      ...under,
      process.execPath,
      localmesh,
      'up',
      manifests,
      '--data-dir',
      data,
      ...args,
    ];
    const child = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    return new StartedMesh(child, data, dataDir === undefined);
  }

  /** Everything that the terminal has shown. */
  get terminal(): string {
    return this.said;
  }

  /** Resolves with the exit status. */
  get status(): Promise<number> {
    return this.ended;
  }

  /** Waits until the terminal shows words; fails with all that it showed when the mesh ends before. */
  async shows(words: string | RegExp): Promise<string> {
    const isThere = () => (typeof words === 'string' ? this.said.includes(words) : words.test(this.said));
    while (!isThere()) {
      const gone = await Promise.race([this.ended.then(() => true), pause().then(() => false)]);
      if (gone && !isThere()) throw new Error(`the mesh ended:\n${this.said}`);
    }
    return this.said;
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  /** Ends it as Ctrl-C does, and removes the data folder that it made. */
  async clear(): Promise<void> {
    if (this.process.exitCode === null) this.process.kill('SIGINT');
    await this.ended;
    if (this.ownsData) rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Processes of this mesh that still run: those that name its data folder, but for the one that looks. */
  leftovers(): readonly string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readCommand(pid))
      .filter((command) => command.includes(this.dataDir));
  }
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done, 50));
}
