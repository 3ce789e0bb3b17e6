import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iptablesBackend, nftablesBackend, parseCaptureArguments } from '@istio-ts/proxy-agent/capture';
import { readCases } from '../read-cases.js';
import { compare, type CaseOutcome, type Suite } from '../suite.js';

interface CaptureCase {
  readonly name: string;
  readonly kind: 'iptables' | 'nftables';
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ipv6: boolean;
  readonly expected: string;
}

/** The rules that bring a pod's traffic to its proxy, for one configuration of `pilot-agent istio-iptables` each. */
export const iptables: Suite = {
  name: 'iptables',
  load: (dir) =>
    (readCases(join(dir, 'cases.json')) as readonly CaptureCase[]).map((given) => ({
      name: `${given.kind}/${given.name}`,
      run: () => runCase(given, readFileSync(join(dir, given.expected), 'utf8')),
    })),
};

function runCase({ kind, flags, env, ipv6 }: CaptureCase, expected: string): CaseOutcome {
  if (flags.some((flag) => flag.startsWith('--redirect-dns')))
    return { kind: 'unsupported', needs: 'redirection of name queries to a DNS proxy in the agent' };
  const config = parseCaptureArguments(
    flags.filter((flag) => !flag.startsWith('--dry-run')),
    env,
  );
  const { render } = kind === 'nftables' ? nftablesBackend : iptablesBackend;
  return compare(ruleLines(expected), ruleLines(render(config, ipv6 ? [4, 6] : [4])));
}

/** What is given to `iptables-restore` or `nft`: the reading of the tables before and after is not compared. */
function ruleLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !/^ip6?tables-save$/.test(line));
}
