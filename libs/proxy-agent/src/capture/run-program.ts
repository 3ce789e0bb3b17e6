import { spawn } from 'node:child_process';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/** Runs a program to its end; its output, or a MeshError with what it complained about. */
export function run(program: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    // An ordinary user's PATH often lacks the folders where network tools are.
    const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
    const child = spawn(program, [...args], { env: { ...process.env, PATH } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', (cause) => {
      const message = `${program} cannot be started (${cause.message}): install the package ${packageOf(program)}`;
      reject(new MeshError(MeshErrorCode.Platform, message, { cause }));
    });
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
      else reject(explain(program, Buffer.concat(err).toString('utf8').trim()));
    });
    child.stdin.end(input);
  });
}

function packageOf(program: string): string {
  if (program === 'nft') return 'nftables';
  return program === 'ip' ? 'iproute2' : 'iptables';
}

function explain(program: string, complaint: string): MeshError {
  return new MeshError(MeshErrorCode.Platform, `${program} failed: ${complaint}${hint(complaint)}`);
}

function hint(complaint: string): string {
  if (/permission denied|operation not permitted/i.test(complaint)) {
    return '. Capture rules need the capability NET_ADMIN in the network namespace of the pod';
  }
  if (/invalid argument/i.test(complaint)) {
    return '. A user or group that this user namespace does not map cannot be named: map it, or use --socket-mark';
  }
  return '';
}
