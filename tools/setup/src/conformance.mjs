/** `npm run conformance -- --dir DIR [--suite S] [-o json]`: runs a folder of cases through the libraries. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, checkNode, installDependencies, root, runMain } from './steps.mjs';

await runMain(async () => {
  checkNode();
  // What is set up first must not stand in front of a JSON answer.
  await installDependencies({ quiet: true });
  await build(['conformance'], { quiet: true });
  const program = join(root, 'tools/conformance/dist/conformance.js');
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
});
