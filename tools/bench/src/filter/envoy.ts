import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { JsonObject } from '@istio-ts/xds-types';

const startTimeoutMs = 20_000;
const longestWords = 500;
/** Where istiod says that the agent puts the statistics module, relative to Envoy's working directory. */
const modulePath = 'etc/istio/extensions/stats.wasm';

export interface EnvoyOptions {
  readonly binary: string;
  /** A folder of its own, laid out like a pod; its output goes to `envoy.log` there. */
  readonly dir: string;
  readonly bootstrap: JsonObject;
  readonly adminPort: number;
  /** What stands in the place of the statistics module. */
  readonly module?: Uint8Array;
}

/** The Envoy of `$ENVOY_BIN`, of PATH, or the pinned one, fetched on first use. */
export async function findEnvoy(root: string): Promise<string> {
  const search = join(root, 'tools/envoy/src/find-envoy.mjs');
  try {
    return (await promisify(execFile)(process.execPath, [search])).stdout.trim();
  } catch (error) {
    throw MeshError.from(error, 'there is no Envoy to measure');
  }
}

/** A stock Envoy with one worker thread. */
export class Envoy {
  private constructor(
    private readonly child: ChildProcess,
    private readonly options: EnvoyOptions,
  ) {}

  /** Starts it and waits until it serves. Throws a MeshError where it ends instead. */
  static async start(options: EnvoyOptions): Promise<Envoy> {
    const { binary, dir, bootstrap, module } = options;
    await mkdir(dirname(join(dir, modulePath)), { recursive: true });
    if (module !== undefined) await writeFile(join(dir, modulePath), module);
    await writeFile(join(dir, 'envoy.json'), JSON.stringify(bootstrap));
    const log = openSync(join(dir, 'envoy.log'), 'w');
    const flags = ['--concurrency', '1', '--disable-hot-restart', '--log-level', 'warning'];
    const child = spawn(binary, ['-c', 'envoy.json', ...flags], { cwd: dir, stdio: ['ignore', log, log] });
    const started = new Envoy(child, options);
    await started.becomeReady();
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What its admin interface answers under a path. Throws a MeshError on any status but 200. */
  async ask(path: string): Promise<string> {
    const url = `http://127.0.0.1:${this.options.adminPort}${path}`;
    try {
      const answer = await fetch(url);
      const body = await answer.text();
      if (answer.ok) return body;
      throw new MeshError(MeshErrorCode.Protocol, `status ${answer.status}: ${body}`);
    } catch (error) {
      throw MeshError.from(error, `Envoy's ${path}`);
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private async becomeReady(): Promise<void> {
    const endMs = Date.now() + startTimeoutMs;
    for (;;) {
      try {
        await this.ask('/ready');
        return;
      } catch (error) {
        if (this.child.exitCode !== null || Date.now() > endMs) {
          await this.stop();
          const log = await readFile(join(this.options.dir, 'envoy.log'), 'utf8');
          const words = `Envoy does not serve; its last words: ${log.trim().split('\n').at(-1)?.slice(0, longestWords) ?? ''}`;
          throw new MeshError(MeshErrorCode.Envoy, words, { cause: error });
        }
        await delay(20);
      }
    }
  }
}
