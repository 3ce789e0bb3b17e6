import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogFields, Logger } from '@istio-ts/foundation';
import { eventually, tempDir } from '@istio-ts/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../system-clock.js';
import { envoyFingerprint, writeEnvoyRecord } from './envoy-record.js';
import { EnvoySupervisor } from './envoy-supervisor.js';
import { checkEnvoyVersion, describeMissingWasm } from './envoy-version.js';
import { core } from '@istio-ts/xds-types';

async function program(script: string): Promise<string> {
  const path = join(await tempDir(), 'envoy');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

function recorder(lines: string[]): Logger {
  const log = (message: string, fields?: LogFields): void =>
    void lines.push(`${message} ${JSON.stringify(fields)}`);
  return { debug: log, info: log, warn: log, error: log, child: () => recorder(lines) };
}

function supervise(binary: string, lines: string[], recordFile: string): EnvoySupervisor {
  return new EnvoySupervisor({
    bootstrap: 'the same',
    recordFile,
    start: {
      binary,
      args: [],
      workingDirectory: '.',
      env: {},
      stdout: 'inherit',
      onLogLine: () => undefined,
    },
    clock: systemClock,
    random: () => 0,
    logger: recorder(lines),
  });
}

describe('the supervisor of Envoy', () => {
  it('starts a crashed Envoy again, and tells of a series with the last words', async () => {
    const lines: string[] = [];
    const binary = await program('echo no such port >&2; exit 3');
    const supervisor = supervise(binary, lines, `${binary}.pid`);
    const stop = new AbortController();
    const running = supervisor.run(stop.signal);
    await eventually(() =>
      expect(lines.filter((line) => line.startsWith('Envoy ended')).length).toBeGreaterThan(1),
    );
    stop.abort();
    await running;
    expect(lines.find((line) => line.startsWith('Envoy ended'))).toMatch(
      /^Envoy ended with status 3 after \d+ ms: no such port .*200/,
    );
    expect(lines.join('\n')).toContain('2 times in a row');
    expect(supervisor.restartCount).toBeGreaterThan(1);
  });

  it('fails with what to do where there is no Envoy', async () => {
    const supervisor = supervise('/nowhere/envoy', [], '/nowhere/envoy.pid');
    await expect(supervisor.run(new AbortController().signal)).rejects.toThrow('Set ENVOY_BIN');
  });
});

/** An Envoy whose agent is gone, noted as that agent left it. */
async function leftBehind(
  binary: string,
  bootstrap: string,
): Promise<{ ended: Promise<unknown>; end(): void }> {
  const child = spawn(binary, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('the program did not start');
  await writeEnvoyRecord(`${binary}.pid`, child.pid, envoyFingerprint(binary, [], bootstrap));
  return { ended: once(child, 'exit'), end: () => void child.kill('SIGKILL') };
}

describe('an Envoy that outlived its agent', () => {
  it('is taken over as it is, and started again when it ends', async () => {
    const binary = await program('exec sleep 60');
    const old = await leftBehind(binary, 'the same');
    const lines: string[] = [];
    const stop = new AbortController();
    const running = supervise(binary, lines, `${binary}.pid`).run(stop.signal);
    await eventually(() => expect(lines.join()).toContain('is taken over'));
    const recorded = readFileSync(`${binary}.pid`, 'utf8');
    old.end();
    await eventually(() => expect(readFileSync(`${binary}.pid`, 'utf8')).not.toBe(recorded));
    expect(lines.join('\n')).toContain('Envoy ended');
    stop.abort();
    await running;
  });

  it('is ended where it was started with another bootstrap', async () => {
    const binary = await program('exec sleep 60');
    const old = await leftBehind(binary, 'another');
    const lines: string[] = [];
    const stop = new AbortController();
    const running = supervise(binary, lines, `${binary}.pid`).run(stop.signal);
    await old.ended;
    expect(lines.join()).toContain('started with other settings');
    stop.abort();
    await running;
  });
});

describe('the version of Envoy', () => {
  it('is refused where it is another one, unless that is allowed', async () => {
    const other = await program('echo "envoy  version: abc/1.31.0/Clean/RELEASE/BoringSSL"');
    await expect(checkEnvoyVersion(other, {})).rejects.toThrow('is Envoy 1.31.0, istio-ts needs 1.40.0');
    await expect(checkEnvoyVersion(other, { ISTIO_TS_ALLOW_ENVOY_VERSION: '1' })).resolves.toBeUndefined();
    await expect(checkEnvoyVersion(await program('exit 1'), {})).rejects.toThrow('does not run as Envoy');
  });

  it('is told apart by what Envoy says of itself: no V8, no metrics', () => {
    const node = (name: string): core.Node => core.Node.fromPartial({ extensions: [{ name }] });
    expect(describeMissingWasm(node('envoy.wasm.runtime.null'))).toContain('envoy.wasm.runtime.v8');
    expect(describeMissingWasm(node('envoy.wasm.runtime.v8'))).toBeUndefined();
  });
});
