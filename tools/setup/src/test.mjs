/** `npm test`: sets everything up, then checks and tests everything; ends with a line `N passed, N failed`. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  build,
  checkNode,
  findEnvoyBinary,
  installDependencies,
  nxEnvironment,
  root,
  run,
  runMain,
  runSteps,
} from './steps.mjs';

const report = join(root, '.cache', 'vitest', 'report.json');
let envoy = '';

await runMain(async () => {
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  try {
    await runSteps([
      ['Node', checkNode],
      ['dependencies', installDependencies],
      ['Envoy', async () => (envoy = await findEnvoyBinary())],
      ['project graph (the boundary rule passes silently without it)', projectGraph],
      ['build', () => build()],
      [
        'types',
        () =>
          run('nx', ['run-many', '-t', 'typecheck', '--parallel=2', '--outputStyle=static'], {
            env: nxEnvironment,
          }),
      ],
      [
        'lint',
        () => run('eslint', ['.', '--cache', '--cache-location', '.cache/eslint/', '--max-warnings', '0']),
      ],
      ['format', () => run('prettier', ['--check', '--log-level', 'warn', '.'])],
      ['tests', tests],
    ]);
  } finally {
    summarise();
  }
});

function projectGraph() {
  return run('nx', ['graph', '--file', '.cache/nx/graph.json'], {
    env: nxEnvironment,
    doing: 'the project graph',
  });
}

function tests() {
  return run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
    env: { ENVOY_BIN: envoy },
    doing: 'the tests',
  });
}

/** Counts tests, and a step that failed before them as one failure; names every test that did not run. */
function summarise() {
  const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  const skipped = results?.testResults.flatMap(skippedTests) ?? [];
  for (const name of skipped) process.stdout.write(`not run here: ${name}\n`);
  const passed = results?.numPassedTests ?? 0;
  const failed = results === undefined ? 1 : results.numFailedTests + unloadable(results);
  process.stdout.write(
    `\n${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}\n`,
  );
}

function skippedTests({ name, assertionResults }) {
  return assertionResults
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => `${name.slice(root.length + 1)}: ${fullName}`);
}

/** Test files that could not even be loaded count as failures. */
function unloadable({ testResults }) {
  return testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
}
