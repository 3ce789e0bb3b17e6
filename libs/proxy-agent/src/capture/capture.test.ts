import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPilotAgent } from '../command/pilot-agent.js';
import type { CaptureConfig } from './capture-config.js';
import { createCaptureRules } from './capture-rules.js';
import { renderRestore } from './render-restore.js';
import { parseSavedRules } from './saved-rules.js';

const config: CaptureConfig = {
  outboundPort: 15001,
  inboundPort: 15006,
  tunnelPort: 15008,
  proxy: { kind: 'owner', uids: ['1337'], gids: ['1337'] },
  mode: 'REDIRECT',
  tproxyMark: 1337,
  tproxyRouteTable: 133,
  inboundPorts: 'all',
  excludedInboundPorts: [15020, 15021, 15090],
  outboundRanges: 'all',
  excludedOutboundRanges: [],
  outboundPorts: [],
  excludedOutboundPorts: [],
  ownerGroups: 'all',
  excludedOwnerGroups: [],
  virtualInterfaces: [],
  excludedInterfaces: [],
  loopbackRange: '127.0.0.1/32',
  dropInvalid: false,
};

async function dryRun(args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runPilotAgent(['istio-iptables', '--dry-run', ...args], {
    env: {},
    writeOut: (text) => out.push(text),
    writeErr: (text) => err.push(text),
    wasm: { dir: '', statsTags: [] },
  });
  return { status, out: out.join(''), err: err.join('') };
}

describe('capture rules', () => {
  it('exempt marked sockets instead of a user where there is but one id', () => {
    const text = renderRestore(createCaptureRules({ ...config, proxy: { kind: 'mark', mark: 1337 } }, 4));
    expect(text).toContain('-A ISTIO_OUTPUT -m mark --mark 1337 -j RETURN\n');
    expect(text).not.toContain('owner');
  });

  it('replace themselves: hooks go, chains are emptied, what is no longer wanted vanishes', () => {
    const rules = createCaptureRules(config, 4);
    const saved = parseSavedRules(
      '*nat\n:OUTPUT ACCEPT [0:0]\n:ISTIO_OUTPUT - [0:0]\n:ISTIO_OLD - [0:0]\n' +
        '-A OUTPUT -j ISTIO_OUTPUT\n-A OUTPUT -p udp -j ACCEPT\nCOMMIT\n',
      rules,
      1337,
    );
    const lines = renderRestore(rules, saved).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      '* nat',
      '-D OUTPUT -j ISTIO_OUTPUT',
      '-F ISTIO_OUTPUT',
      '-F ISTIO_OLD',
      '-X ISTIO_OLD',
      '-N ISTIO_INBOUND',
    ]);
    expect(lines).not.toContain('-D OUTPUT -p udp -j ACCEPT');
  });

  it.each([
    [['-p', 'x'], '"x" is no port'],
    [['-i', '10.0.0.0/40'], '"10.0.0.0/40" is no address range'],
    [['-u', '1;rm'], '"1;rm" is no user or group'],
    [['-m', 'BOTH'], 'neither REDIRECT nor TPROXY'],
  ])('are refused with a sentence for %j', async (args, message) => {
    const { status, err } = await dryRun(args);
    expect(status).toBe(1);
    expect(err).toContain(message);
  });

  it('print what they would do', async () => {
    const { status, out } = await dryRun(['-b', '*', '-i', '*', '-d', '15020']);
    expect(status).toBe(0);
    expect(out).toContain(
      '-A ISTIO_INBOUND -p tcp --dport 15020 -j RETURN\n-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT',
    );
  });
});

const canUnshare = ((): boolean => {
  try {
    execFileSync('unshare', ['-n', 'sh', '-c', 'PATH=$PATH:/usr/sbin iptables -t nat -S'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(canUnshare)('capture in a network namespace', () => {
  it('can be put in place twice, changed and taken away again', () => {
    const scenario = join(import.meta.dirname, '../testing/capture-scenario.ts');
    const node = [process.execPath, '--conditions=istio-ts-source', '--import', 'tsx', scenario];
    const out = execFileSync('unshare', ['-n', ...node], { encoding: 'utf8', stdio: 'pipe' });
    const [first, again, marked, tproxy, clean] = JSON.parse(out) as readonly KernelState[];
    expect(first?.rules).toContain('-A OUTPUT -j ISTIO_OUTPUT');
    expect(again).toEqual(first);
    expect(marked?.rules.filter((rule) => rule.includes('mark 0x539'))).toHaveLength(3);
    expect(tproxy?.routing).toEqual([expect.stringContaining('fwmark 0x539 lookup 133')]);
    expect(clean).toEqual({ status: 0, rules: [], routing: [] });
  });
});

interface KernelState {
  readonly status: number;
  readonly rules: readonly string[];
  readonly routing: readonly string[];
}
