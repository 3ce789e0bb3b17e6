/** `npm run mesh [-- FOLDER] [options]`: shows what the machine allows, sets everything up, then runs a mesh. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { inspectMachine } from '../../localmesh/src/platform/inspect-machine.mjs';
import { chooseMode, refusal, renderReport } from '../../localmesh/src/platform/machine-report.mjs';
import {
  build,
  checkNode,
  findEnvoyBinary,
  installDependencies,
  root,
  runMain,
  runSteps,
  StepError,
} from './steps.mjs';
import { toolRows } from './tool-rows.mjs';

const parts = ['istiod', 'agent', 'gateway', 'wasm-filters', 'localmesh', 'istioctl', 'sample-apps'];

await runMain(async () => {
  const args = process.argv.slice(2);
  await showMachine(askedMode(args));
  let envoy = '';
  await runSteps([
    ['Node', checkNode],
    ['dependencies', installDependencies],
    ['Envoy', async () => (envoy = await findEnvoyBinary())],
    ['build', () => build(parts)],
  ]);
  await up(envoy, args);
});

/** The table of capabilities, before anything is installed; ends the start where no mode would work. */
async function showMachine(asked) {
  const [tools, report] = await Promise.all([
    toolRows(),
    inspectMachine({ isRoot: process.getuid() === 0, asked }),
  ]);
  const mode = chooseMode(report, asked);
  process.stdout.write(`${renderReport([...tools, ...report.capabilities], mode)}\n`);
  if (mode === undefined) throw new StepError(refusal(report, asked));
}

/** The value of `--mode`; whether there is such a mode is judged by localmesh. */
function askedMode(args) {
  const at = args.findIndex((arg) => arg === '--mode' || arg.startsWith('--mode='));
  if (at < 0) return undefined;
  return args[at] === '--mode' ? args[at + 1] : args[at].slice('--mode='.length);
}

/** localmesh in the foreground: Ctrl-C reaches it through the terminal, other signals are passed on. */
function up(envoy, args) {
  const localmesh = join(root, 'tools/localmesh/dist/localmesh.js');
  const env = { ...process.env, ENVOY_BIN: envoy };
  const child = spawn(process.execPath, [localmesh, 'up', '--no-table', ...args], {
    // npm changes the working directory: folders are meant from where the person stands.
    cwd: resolve(process.env.INIT_CWD ?? '.'),
    stdio: 'inherit',
    env,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => (signal === 'SIGINT' ? undefined : child.kill(signal)));
  }
  return new Promise((done) => {
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === null ? 1 : 0);
      done();
    });
  });
}
