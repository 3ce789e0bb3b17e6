/** `npm run bench [-- options]`: sets up what is needed (no Envoy), builds, and measures. */
import { join } from 'node:path';
import { build, checkNode, installDependencies, root, run, runMain, runSteps } from './steps.mjs';

const program = join(root, 'tools/bench/dist/bench.js');

await runMain(async () => {
  await runSteps([
    ['Node', checkNode],
    ['dependencies', installDependencies],
    ['build', () => build(['istiod', 'bench'])],
  ]);
  await run(process.execPath, [program, ...process.argv.slice(2)], { doing: 'the bench' });
});
