import { networkInterfaces } from 'node:os';
import type { CaptureConfig, IpFamily } from './capture-config.js';
import { createCaptureRules } from './capture-rules.js';
import { restoreRules, run, saveRules } from './iptables.js';
import { renderRestore } from './render-restore.js';
import { parseSavedRules } from './saved-rules.js';

/** IPv4 always; IPv6 where the machine has such an address beyond loopback and link. */
export function presentFamilies(): readonly IpFamily[] {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const hasIpv6 = addresses.some(
    ({ family, internal, address }) => family === 'IPv6' && !internal && !address.startsWith('fe80:'),
  );
  return hasIpv6 ? [4, 6] : [4];
}

/** What would be given to `iptables-restore` on a machine without rules of ours; nothing is touched. */
export function renderCapture(config: CaptureConfig, families: readonly IpFamily[]): string {
  return families.map((family) => renderRestore(createCaptureRules(config, family))).join('');
}

/** Puts the rules in place. Doing it again, also with another configuration, replaces them. */
export async function applyCapture(config: CaptureConfig, families: readonly IpFamily[]): Promise<void> {
  for (const family of families) {
    const rules = createCaptureRules(config, family);
    const saved = parseSavedRules(await saveRules(family), rules, config.tproxyMark);
    await restoreRules(family, renderRestore(rules, saved));
    if (config.mode === 'TPROXY') await steerMarkedPackets(config, family);
  }
}

/** Takes all rules of ours away; what is not there is no error. */
export async function cleanCapture(config: CaptureConfig, families: readonly IpFamily[]): Promise<void> {
  for (const family of families) {
    const rules = createCaptureRules(config, family);
    const saved = parseSavedRules(await saveRules(family), rules, config.tproxyMark);
    const text = renderRestore([], saved);
    if (text !== '') await restoreRules(family, text);
    await forgetSteering(config, family);
  }
}

/** TPROXY delivers locally what is not addressed here: the routing table says that everything marked is local. */
async function steerMarkedPackets(config: CaptureConfig, family: IpFamily): Promise<void> {
  await forgetSteering(config, family);
  const table = String(config.tproxyRouteTable);
  await run('ip', [`-${family}`, 'rule', 'add', 'fwmark', String(config.tproxyMark), 'lookup', table]);
  await run('ip', [`-${family}`, 'route', 'add', 'local', 'default', 'dev', 'lo', 'table', table]);
}

async function forgetSteering(config: CaptureConfig, family: IpFamily): Promise<void> {
  const table = String(config.tproxyRouteTable);
  const ignore = (): undefined => undefined;
  await run('ip', [`-${family}`, 'rule', 'del', 'fwmark', String(config.tproxyMark), 'lookup', table]).catch(
    ignore,
  );
  await run('ip', [`-${family}`, 'route', 'flush', 'table', table]).catch(ignore);
}
