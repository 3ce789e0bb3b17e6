/** `npm run bench [-- options]`: sets up what is needed, builds, and measures. An Envoy is looked for by what measures one. */
import { join } from 'node:path';
import { build, checkNode, installDependencies, root, run, runMain, runSteps } from './steps.mjs';

const program = join(root, 'tools/bench/dist/bench.js');

await runMain(async () => {
  await runSteps([
    ['Node', checkNode],
    ['dependencies', installDependencies],
    ['build', () => build(['istiod', 'wasm-filters', 'bench'])],
  ]);
  await run(process.execPath, [program, ...process.argv.slice(2)], { doing: 'the bench' });
});
