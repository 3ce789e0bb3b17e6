import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { PodProcess } from './sandbox.js';

export interface LaunchSpec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly output: number | 'pipe';
  /** Which process is meant: the one that is started, or its only child (`nsenter` into a process namespace forks). */
  readonly meant: 'itself' | 'child';
}

/** Starts a process and finds the one that is meant, so that signals reach it and not the program that launched it. */
export function launch({ argv, env, cwd, output, meant }: LaunchSpec): PodProcess {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, {
    env,
    ...(cwd !== undefined && { cwd }),
    stdio: [output === 'pipe' ? 'pipe' : 'ignore', output, output],
  });
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
  let inner: number | undefined;
  const pid = () => {
    if (child.exitCode !== null || child.signalCode !== null) return undefined;
    if (meant === 'itself') return child.pid;
    inner ??= child.pid === undefined ? undefined : onlyChildOf(child.pid);
    return inner;
  };
  const signal = (name: NodeJS.Signals) => {
    const target = pid();
    if (target !== undefined) tryKill(target, name);
    else child.kill(name);
    // `nsenter` halts with the process that it launched, and would not see it end.
    if (meant === 'child') child.kill('SIGCONT');
  };
  return { pid, stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, signal, ended };
}

/** The first child of a process, as the kernel lists it. */
export function onlyChildOf(pid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const first = Number(children[0]);
    return first > 0 ? first : undefined;
  } catch {
    return undefined;
  }
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in between, which is what was wanted.
  }
}
