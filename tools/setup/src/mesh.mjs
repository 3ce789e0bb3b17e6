/** `npm run mesh [-- FOLDER] [options]`: sets everything up, then runs a mesh from a folder of manifests. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, checkNode, findEnvoyBinary, installDependencies, root, runMain, runSteps } from './steps.mjs';

const parts = ['istiod', 'agent', 'gateway', 'wasm-filters', 'localmesh', 'istioctl', 'sample-apps'];

await runMain(async () => {
  let envoy = '';
  await runSteps([
    ['Node', checkNode],
    ['dependencies', installDependencies],
    ['Envoy', async () => (envoy = await findEnvoyBinary())],
    ['build', () => build(parts)],
  ]);
  await up(envoy, process.argv.slice(2));
});

/** localmesh in the foreground: Ctrl-C reaches it through the terminal, other signals are passed on. */
function up(envoy, args) {
  const localmesh = join(root, 'tools/localmesh/dist/localmesh.js');
  const env = { ...process.env, ENVOY_BIN: envoy };
  const child = spawn(process.execPath, [localmesh, 'up', ...args], {
    cwd: process.cwd(),
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
