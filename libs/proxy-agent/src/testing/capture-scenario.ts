import { run } from '../capture/run-program.js';
import { runPilotAgent } from '../command/pilot-agent.js';

/**
 * Runs capture commands one after the other, with what is given as arguments, and prints after each what the kernel then
 * holds. Started in a namespace.
 */
const steps: readonly (readonly string[])[] = [
  ['istio-iptables', '-i', '*', '-b', '*', '-d', '15020'],
  ['istio-iptables', '-i', '*', '-b', '*', '-d', '15020'],
  ['istio-iptables', '-i', '*', '-b', '8080', '--socket-mark', '1337'],
  ['istio-iptables', '-i', '*', '-b', '*', '-m', 'TPROXY'],
  ['istio-clean-iptables'],
];

const given = process.argv.slice(2);

const context = {
  env: process.env,
  writeOut: (text: string) => process.stdout.write(text),
  writeErr: (text: string) => process.stderr.write(text),
  wasm: { dir: '.', statsTags: [] },
};

async function iptablesRules(): Promise<readonly string[]> {
  return (await run('iptables-save', [])).split('\n').filter((line) => /^-A|^:ISTIO/.test(line));
}

async function nftRules(): Promise<readonly string[]> {
  return (await run('nft', ['list', 'ruleset'])).split('\n').map((line) => line.trim());
}

const states: {
  readonly status: number;
  readonly rules: readonly string[];
  readonly routing: readonly string[];
}[] = [];
for (const args of steps) {
  const status = await runPilotAgent([...args, ...given], context);
  const rules = given.length === 0 ? await iptablesRules() : await nftRules();
  const routing = (await run('ip', ['rule'])).split('\n').filter((line) => line.includes('fwmark'));
  states.push({ status, rules, routing });
}
process.stdout.write(JSON.stringify(states));
