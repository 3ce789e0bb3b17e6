import { writeFile } from 'node:fs/promises';
import { nodeCommands, nodeSettings, type NetworkPlan } from '../network/network-plan.js';
import { renderIptablesRules, renderNftRules, type ServiceRule } from '../network/service-rules.js';
import { hasErrno } from '../platform/errno.js';
import { runCommand } from '../platform/run-command.js';

/** Makes the bridge and what belongs to it, in the network namespace that this process is in. */
export async function makeNodeNetwork(network: NetworkPlan): Promise<void> {
  for (const command of nodeCommands(network)) await runCommand(command);
  for (const [name, value] of Object.entries(nodeSettings(network))) {
    await writeFile(`/proc/sys/${name}`, value).catch((cause: unknown) => {
      if (!hasErrno(cause, 'ENOENT')) throw cause;
    });
  }
}

/** Puts the translation of service addresses in force, all at once. */
export async function applyServiceRules(
  rules: readonly ServiceRule[],
  serviceRange: string,
  tool: 'nft' | 'iptables',
): Promise<void> {
  if (tool === 'nft') await runCommand(['nft', '-f', '-'], { input: renderNftRules(rules, serviceRange) });
  else
    await runCommand(['iptables-restore', '--noflush'], { input: renderIptablesRules(rules, serviceRange) });
}
