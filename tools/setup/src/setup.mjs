/** `npm run setup`: everything that the other commands need, and nothing started. */
import { build, checkNode, findEnvoyBinary, installDependencies, runMain, runSteps } from './steps.mjs';

await runMain(() =>
  runSteps([
    ['Node', checkNode],
    ['dependencies', installDependencies],
    ['Envoy', findEnvoyBinary],
    ['build', () => build()],
  ]),
);
