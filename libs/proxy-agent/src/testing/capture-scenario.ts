import { run } from '../capture/iptables.js';
import { runPilotAgent } from '../command/pilot-agent.js';

/** Runs capture commands one after the other, and prints after each what the kernel then holds. Started in a namespace. */
const steps: readonly (readonly string[])[] = [
  ['istio-iptables', '-i', '*', '-b', '*', '-d', '15020'],
  ['istio-iptables', '-i', '*', '-b', '*', '-d', '15020'],
  ['istio-iptables', '-i', '*', '-b', '8080', '--socket-mark', '1337'],
  ['istio-iptables', '-i', '*', '-b', '*', '-m', 'TPROXY'],
  ['istio-clean-iptables'],
];

const context = {
  env: process.env,
  writeOut: (text: string) => process.stdout.write(text),
  writeErr: (text: string) => process.stderr.write(text),
  wasm: { dir: '.', statsTags: [] },
};

const states: {
  readonly status: number;
  readonly rules: readonly string[];
  readonly routing: readonly string[];
}[] = [];
for (const args of steps) {
  const status = await runPilotAgent(args, context);
  const rules = (await run('iptables-save', [])).split('\n').filter((line) => /^-A|^:ISTIO/.test(line));
  const routing = (await run('ip', ['rule'])).split('\n').filter((line) => line.includes('fwmark'));
  states.push({ status, rules, routing });
}
process.stdout.write(JSON.stringify(states));
