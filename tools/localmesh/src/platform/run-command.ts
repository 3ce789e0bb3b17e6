import { spawn } from 'node:child_process';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

export interface CommandOptions {
  /** Written to the command's standard input. */
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. Rejects only when it cannot be started at all. */
export function tryCommand(
  argv: readonly string[],
  { input, cwd, env }: CommandOptions = {},
): Promise<CommandOutcome> {
  const [program = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...(cwd !== undefined && { cwd }), ...(env && { env }) });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => reject(MeshError.from(cause, `cannot run ${program}`)));
    child.on('close', (code) => {
      const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString('utf8');
      resolve({ status: code ?? 1, stdout: text(stdout), stderr: text(stderr) });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Runs a command and answers its output; a status other than 0 is a `PLATFORM` error with the command's own words. */
export async function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await tryCommand(argv, options);
  if (status === 0) return stdout;
  throw new MeshError(
    MeshErrorCode.Platform,
    `"${argv.join(' ')}" failed: ${stderr.trim() || `status ${status}`}`,
  );
}
