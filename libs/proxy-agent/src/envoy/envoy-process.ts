import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

export interface EnvoyStart {
  readonly binary: string;
  readonly args: readonly string[];
  /** The pod's root: the configuration's relative paths start here. */
  readonly workingDirectory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where Envoy's `/dev/stdout` goes: a file descriptor that can be opened again (no socket), or this process's own. */
  readonly stdout: number | 'inherit';
  readonly onLogLine: (line: string) => void;
}

export interface EnvoyExit {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** The last line of its log: why it ended, where it ended by itself. */
  readonly lastLine: string;
}

/** One run of Envoy, from whoever started it to its end. */
export interface RunningEnvoy {
  readonly exited: Promise<EnvoyExit>;
  /** Asks it to end now; open connections are cut. */
  terminate(): void;
  kill(): void;
}

/** An Envoy that is started here. */
export class EnvoyProcess implements RunningEnvoy {
  private readonly child: ChildProcess;
  private lastLine = '';
  private readonly log: Promise<unknown>;
  readonly exited: Promise<EnvoyExit>;

  constructor(start: EnvoyStart) {
    this.child = spawn(start.binary, [...start.args], {
      cwd: start.workingDirectory,
      env: { ...start.env },
      stdio: ['ignore', start.stdout, 'pipe'],
    });
    this.log = this.followLog(start.onLogLine);
    this.exited = this.waitForExit(start.binary);
    this.exited.catch(() => undefined);
  }

  /** Undefined where it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  terminate(): void {
    this.child.kill('SIGTERM');
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private followLog(onLogLine: (line: string) => void): Promise<unknown> {
    const { stderr } = this.child;
    if (stderr === null) return Promise.resolve();
    const lines = createInterface({ input: stderr });
    lines.on('line', (line) => {
      if (line.trim() !== '') this.lastLine = line.trim();
      onLogLine(line);
    });
    return once(lines, 'close');
  }

  private waitForExit(binary: string): Promise<EnvoyExit> {
    return new Promise((resolve, reject) => {
      this.child.on('error', (cause) => {
        reject(
          new MeshError(
            MeshErrorCode.Envoy,
            `Envoy cannot be started (${binary}): ${cause.message}. Set ENVOY_BIN to the binary`,
            { cause },
          ),
        );
      });
      this.child.on('exit', (code, signal) => {
        void this.log.then(() =>
          resolve({ code: code ?? undefined, signal: signal ?? undefined, lastLine: this.lastLine }),
        );
      });
    });
  }
}
