/**
 * Looks at the machine that a mesh is to run on. Plain JavaScript without dependencies: `npm run mesh` shows what it finds
 * before anything is installed or built.
 */
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../../envoy/src/run-command.mjs';
import { supervisorPrefix } from './supervisor-prefix.mjs';

/** @typedef {import('./mode.js').Mode} Mode */
/** @typedef {import('./machine-report.mjs').Capability} Capability */
/** @typedef {import('./machine-report.mjs').MachineReport} MachineReport */

/** Programs that pods are made with, and the Debian packages that bring them. */
const programs = /** @type {const} */ ([
  { name: 'unshare', install: 'util-linux', note: 'makes namespaces' },
  { name: 'nsenter', install: 'util-linux', note: 'enters namespaces' },
  { name: 'setpriv', install: 'util-linux', note: 'runs processes as other users' },
  { name: 'ip', install: 'iproute2', note: 'makes links and addresses' },
  { name: 'iptables', install: 'iptables', note: 'captures traffic (else nft does)' },
  { name: 'nft', install: 'nftables', note: 'translates service addresses (else iptables does)' },
  { name: 'newuidmap', install: 'uidmap', note: 'gives a rootless mesh more than one user id' },
]);

/** Needed for pods as namespaces at all; `iptables` or `nft` on top of it. */
const needed = ['unshare', 'nsenter', 'setpriv', 'ip'];

/** Makes and removes what a mesh needs, in namespaces that end with the command: the only sure way to know. */
const trial = [
  'ip link add mesh0 type bridge',
  'ip link add probe0 type veth peer name probe1',
  'mount -t tmpfs tmpfs /run',
  'unshare --net --mount --uts --pid --fork --mount-proc true',
].join(' && ');

const captureTrial = {
  iptables:
    'iptables -t nat -A OUTPUT -p tcp -m owner --uid-owner 0 -j REDIRECT --to-ports 15001 2>/dev/null || iptables -t nat -A OUTPUT -p tcp -m mark --mark 1337 -j REDIRECT --to-ports 15001',
  nft: 'nft add table inet probe && nft add chain inet probe out "{ type nat hook output priority -100; }" && (nft add rule inet probe out skuid 0 counter redirect to :15001 2>/dev/null || nft add rule inet probe out meta l4proto tcp mark 1337 counter redirect to :15001)',
};

/**
 * @param {ReadonlySet<string>} found
 * @returns {'nft' | 'iptables'}
 */
function captureRules(found) {
  return found.has('iptables') ? 'iptables' : 'nft';
}

/** @type {Readonly<Record<string, string>>} */
const trialNames = {
  root: 'namespaces (as root)',
  rootless: 'user namespace, sub-ids',
  'rootless-one-id': 'user namespace, one id',
};

/**
 * What there is, and which modes really work. Changes nothing outside short-lived namespaces.
 *
 * @param {{ readonly isRoot: boolean, readonly asked?: Mode | undefined }} options a mode that is asked for is tried, too
 * @returns {Promise<MachineReport>}
 */
export async function inspectMachine({ isRoot, asked }) {
  const found = await findPrograms();
  const usable = needed.every((name) => found.has(name)) && (found.has('iptables') || found.has('nft'));
  const trials = await Promise.all(
    candidates(isRoot, asked).map(async (mode) => ({
      mode,
      problem: usable ? await tryMode(mode, found) : 'programs are missing',
    })),
  );
  const works = trials.filter(({ problem }) => problem === undefined).map(({ mode }) => mode);
  return {
    capabilities: [
      ...programs.map((program) => ({ ...program, found: found.has(program.name) })),
      ...trials.map(trialRow),
    ],
    // Also without namespaces every process is started by setpriv, so that none outlives the mesh.
    workable: found.has('setpriv') ? [...works, 'loopback'] : [],
    serviceRules: found.has('nft') ? 'nft' : 'iptables',
    captureRules: captureRules(found),
  };
}

/**
 * @param {boolean} isRoot
 * @param {Mode | undefined} asked
 * @returns {readonly Mode[]}
 */
function candidates(isRoot, asked) {
  /** @type {readonly Mode[]} */
  const usual = isRoot ? ['root'] : ['rootless', 'rootless-one-id'];
  return asked === undefined || usual.includes(asked) || !(asked in trialNames) ? usual : [...usual, asked];
}

/**
 * @param {{ readonly mode: Mode, readonly problem: string | undefined }} trial
 * @returns {Capability}
 */
function trialRow({ mode, problem }) {
  return {
    name: trialNames[mode] ?? mode,
    found: problem === undefined,
    note: problem ?? 'network, mount, process and host-name namespaces',
  };
}

/**
 * @param {Mode} mode
 * @param {ReadonlySet<string>} found
 * @returns {Promise<string | undefined>} what keeps it from working
 */
async function tryMode(mode, found) {
  if (mode === 'rootless' && !found.has('newuidmap')) return 'newuidmap is missing';
  const capture = captureTrial[captureRules(found)];
  const [command, ...args] = [...supervisorPrefix(mode), 'sh', '-ec', `${trial} && ${capture}`];
  const { status, stderr } = await runCommand(command ?? '', args, {
    env: { ...process.env, PATH: searchPath() },
  });
  return status === 0 ? undefined : explainTrial(stderr.trim().split('\n').at(-1) || `status ${status}`);
}

/** What the usual refusals of a kernel mean, and the setting that lifts each. */
const refusals = [
  {
    words: /subuid|subgid/,
    means: 'your user has no sub-ids: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER',
  },
  { words: /No space left/, means: 'the kernel allows no user namespaces: sysctl user.max_user_namespaces' },
  {
    words: /not permitted|denied/i,
    means:
      'not allowed here, in a container, or by sysctl kernel.unprivileged_userns_clone or kernel.apparmor_restrict_unprivileged_userns',
  },
];

/** @param {string} words of the command that failed */
function explainTrial(words) {
  const known = refusals.find((refusal) => refusal.words.test(words));
  return known === undefined ? `not allowed here: ${words}` : `${known.means} (${words})`;
}

/** Where system programs are for everyone, also where a user's own PATH leaves them out. */
function searchPath() {
  return `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
}

/** @returns {Promise<ReadonlySet<string>>} */
async function findPrograms() {
  const folders = searchPath().split(':').filter(Boolean);
  const present = await Promise.all(
    programs.map(async ({ name }) => {
      const tries = await Promise.all(folders.map((folder) => isExecutable(join(folder, name))));
      return tries.includes(true) ? [name] : [];
    }),
  );
  return new Set(present.flat());
}

/** @param {string} path */
async function isExecutable(path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
