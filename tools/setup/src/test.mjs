/** `npm test`: sets everything up, then checks and tests everything; ends with a line `N passed, N failed`. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  build,
  checkNode,
  findEnvoyBinary,
  installDependencies,
  lint,
  nxEnvironment,
  root,
  run,
  runMain,
  runSteps,
} from './steps.mjs';

const reports = ['unit', 'mesh'].map((name) => join(root, '.cache', 'vitest', `${name}.json`));
const [unitReport, meshReport] = reports;

/** Tests that run whole meshes: one after the other, for they count every failed call. */
const meshTests = ['e2e', 'resilience', 'modes', 'bad-input'].map((name) => `tests/src/${name}`);
let envoy = '';

await runMain(async () => {
  for (const report of reports) rmSync(report, { force: true });
  mkdirSync(dirname(unitReport), { recursive: true });
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
      ['lint', lint],
      ['format', () => run('prettier', ['--check', '--log-level', 'warn', '.'])],
      [
        'tests',
        () =>
          vitest(
            unitReport,
            meshTests.flatMap((dir) => ['--exclude', `${dir}/**`]),
          ),
      ],
      ['tests of whole meshes', () => vitest(meshReport, ['--maxWorkers', '1', ...meshTests])],
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

function vitest(report, args) {
  const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return run('vitest', ['run', ...output, ...args], { env: { ENVOY_BIN: envoy }, doing: 'the tests' });
}

/** Counts tests, and a step that failed before them as one failure; names every test that did not run. */
function summarise() {
  const found = reports.filter(existsSync).map((report) => JSON.parse(readFileSync(report, 'utf8')));
  const skipped = found.flatMap(({ testResults }) => testResults.flatMap(skippedTests));
  for (const name of skipped) process.stdout.write(`not run here: ${name}\n`);
  const sum = (count) => found.reduce((total, results) => total + count(results), 0);
  const passed = sum(({ numPassedTests }) => numPassedTests);
  const failed =
    sum((results) => results.numFailedTests + unloadable(results)) + (found.length === 0 ? 1 : 0);
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
