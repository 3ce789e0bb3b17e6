import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { eventually } from '@istio-ts/testkit';
import type { LoadEvent, LoadOrder } from './load-order.js';

export interface Failure {
  /** Wall clock. */
  readonly atMs: number;
  readonly reason: string;
}

/** A load that runs in a process of its own, here or in a pod; keeps every failure. */
export class Load {
  readonly failures: Failure[] = [];
  answered = 0;
  private said = '';

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    if (child.stdout === null || child.stderr === null) throw new Error('the load has no output');
    createInterface({ input: child.stdout }).on('line', (line) => this.take(line));
    child.stderr.on('data', (part) => (this.said += String(part)));
    child.on('exit', (code) => {
      if (!child.killed)
        this.failures.push({
          atMs: Date.now(),
          reason: `the load ended by itself (${code ?? 0}): ${this.said}`,
        });
    });
  }

  /** Starts it by a command line; the program's path and its order are added at the end. */
  static start(name: string, command: readonly string[], program: string, order: LoadOrder): Load {
    const [first = process.execPath, ...rest] = command;
    const child = spawn(first, [...rest, program, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Load(name, child);
  }

  /** Resolves when `count` more calls were answered than now: the load goes on. */
  async answersMore(count: number): Promise<void> {
    const goal = this.answered + count;
    await eventually(
      () => {
        if (this.answered < goal)
          throw new Error(`${this.name}: ${goal - this.answered} of ${count} answers are still missing`);
      },
      60_000,
      50,
    );
  }

  stop(): void {
    this.child.kill('SIGTERM');
  }

  private take(line: string): void {
    const event = JSON.parse(line) as LoadEvent;
    if (event.kind === 'count') this.answered = event.answered;
    else this.failures.push(event);
  }
}

/** Bundles the load program into a folder that pods can read; its path. */
export async function buildLoadProgram(folder: string): Promise<string> {
  const outfile = join(folder, 'load-program.mjs');
  const entry = fileURLToPath(new URL('load-program.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}
