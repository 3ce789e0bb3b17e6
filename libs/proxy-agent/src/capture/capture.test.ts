import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPilotAgent } from '../command/pilot-agent.js';
import type { CaptureConfig } from './capture-config.js';
import { createCaptureRules } from './capture-rules.js';
import { renderNft } from './render-nft.js';
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
    const text = renderRestore(createCaptureRules({ ...config, proxy: { kind: 'mark', mark: 1337 } }, [4]));
    expect(text).toContain('-A ISTIO_OUTPUT -m mark --mark 1337 -j RETURN\n');
    expect(text).not.toContain('owner');
  });

  it('replace themselves: hooks go, chains are emptied, what is no longer wanted vanishes', () => {
    const rules = createCaptureRules(config, [4]);
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

  it('exempt a port whatever the protocol', () => {
    const text = renderRestore(createCaptureRules({ ...config, excludedOutboundPorts: [53] }, [4]));
    expect(text).toContain(
      '-A ISTIO_OUTPUT -p tcp --dport 53 -j RETURN\n-A ISTIO_OUTPUT -p udp --dport 53 -j RETURN\n',
    );
  });

  it('mark for TPROXY what the proxy sends to itself, also where no port is captured', () => {
    const text = renderRestore(createCaptureRules({ ...config, mode: 'TPROXY', inboundPorts: [] }, [4]));
    expect(text).toContain('-A PREROUTING -p tcp -m mark --mark 1337 -j CONNMARK --save-mark\n');
    expect(text).not.toContain('ISTIO_DIVERT');
  });

  it('are one table for both address families in the form of nftables', () => {
    const text = renderNft(
      createCaptureRules(
        { ...config, outboundRanges: ['2001:db8::/32', '10.0.0.0/8'], excludedInterfaces: ['eth+', '1st'] },
        [4, 6],
      ),
    );
    const lines = text.split('\n').map((line) => line.replace('inet istio-proxy-nat ', ''));
    expect(lines.filter((line) => / (ip6?) daddr [12]/.test(line))).toEqual([
      'add rule istio-output ip daddr 127.0.0.1/32 counter return',
      'add rule istio-output ip daddr 10.0.0.0/8 counter jump istio-redirect',
      'add rule istio-output ip6 daddr 2001:db8::/32 counter jump istio-redirect',
    ]);
    expect(lines).toContain('add rule prerouting iifname "eth*" counter return');
    expect(lines).toContain('add rule output oifname "1st" counter return');
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

function canUnshareFor(program: string): boolean {
  try {
    execFileSync('unshare', ['-n', 'sh', '-c', `PATH=$PATH:/usr/sbin ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function runScenario(...args: readonly string[]): readonly KernelState[] {
  const scenario = join(import.meta.dirname, '../testing/capture-scenario.ts');
  const node = [process.execPath, '--conditions=istio-ts-source', '--import', 'tsx', scenario, ...args];
  const out = execFileSync('unshare', ['-n', ...node], { encoding: 'utf8', stdio: 'pipe' });
  return JSON.parse(out) as readonly KernelState[];
}

describe.runIf(canUnshareFor('iptables -t nat -S'))('capture in a network namespace', () => {
  it('can be put in place twice, changed and taken away again', () => {
    const [first, again, marked, tproxy, clean] = runScenario();
    expect(first?.rules).toContain('-A OUTPUT -j ISTIO_OUTPUT');
    expect(again).toEqual(first);
    expect(marked?.rules.filter((rule) => rule.includes('mark 0x539'))).toHaveLength(3);
    expect(tproxy?.routing).toEqual([expect.stringContaining('fwmark 0x539 lookup 133')]);
    expect(clean).toEqual({ status: 0, rules: [], routing: [] });
  });
});

describe.runIf(canUnshareFor('nft list ruleset'))('capture by nftables in a network namespace', () => {
  it('can be put in place twice, changed and taken away again', () => {
    const [first, again, marked, tproxy, clean] = runScenario('--native-nftables');
    expect(first?.status).toBe(0);
    expect(first?.rules).toContain('counter packets 0 bytes 0 jump istio-output');
    expect(again).toEqual(first);
    expect(marked?.rules.filter((rule) => rule.includes('mark 0x00000539'))).toHaveLength(2);
    expect(marked?.rules.filter((rule) => rule.includes('mark != 0x00000539'))).toHaveLength(1);
    expect(tproxy?.rules).toContain('table inet istio-proxy-mangle {');
    expect(tproxy?.routing).toEqual([expect.stringContaining('fwmark 0x539 lookup 133')]);
    expect(clean).toEqual({ status: 0, rules: [''], routing: [] });
  });
});

interface KernelState {
  readonly status: number;
  readonly rules: readonly string[];
  readonly routing: readonly string[];
}
