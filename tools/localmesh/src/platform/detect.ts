import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCommand } from './run-command.js';
import type { Capability, MachineReport } from './capabilities.js';
import { Mode, supervisorPrefix } from './mode.js';

/** Programs that pods are made with, and the packages that bring them. */
const programs = [
  { name: 'unshare', install: 'util-linux', note: 'makes namespaces' },
  { name: 'nsenter', install: 'util-linux', note: 'enters namespaces' },
  { name: 'setpriv', install: 'util-linux', note: 'runs processes as other users' },
  { name: 'ip', install: 'iproute2', note: 'makes links and addresses' },
  { name: 'iptables', install: 'iptables', note: 'captures traffic' },
  { name: 'nft', install: 'nftables', note: 'translates service addresses' },
  { name: 'newuidmap', install: 'uidmap', note: 'gives a rootless mesh more than one user id' },
] as const;

/** Needed for pods as namespaces at all; `iptables` or `nft` on top of it. */
const needed = ['unshare', 'nsenter', 'setpriv', 'ip'] as const;

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
  nft: 'nft add table ip probe && nft add chain ip probe out "{ type nat hook output priority -100; }"',
} as const;

/** Looks at the machine: programs, and which modes really work. Changes nothing outside short-lived namespaces. */
export async function inspectMachine(isRoot: boolean): Promise<MachineReport> {
  const found = await findPrograms();
  const candidates = isRoot ? [Mode.Root] : [Mode.Rootless, Mode.RootlessOneId];
  const usable = needed.every((name) => found.has(name)) && (found.has('iptables') || found.has('nft'));
  const trials = await Promise.all(
    candidates.map(async (mode) => ({
      mode,
      problem: usable ? await tryMode(mode, found) : 'programs are missing',
    })),
  );
  const capabilities = programs.map(({ name, install, note }) => ({
    name,
    install,
    note,
    found: found.has(name),
  }));
  const works = trials.filter(({ problem }) => problem === undefined).map(({ mode }) => mode);
  return {
    capabilities: [...capabilities, ...trials.map(trialRow)],
    workable: [...works, Mode.Loopback],
    serviceRules: found.has('nft') ? 'nft' : 'iptables',
  };
}

function trialRow({
  mode,
  problem,
}: {
  readonly mode: Mode;
  readonly problem: string | undefined;
}): Capability {
  const name =
    mode === Mode.Root
      ? 'namespaces (as root)'
      : mode === Mode.Rootless
        ? 'user namespace, sub-ids'
        : 'user namespace, one id';
  return {
    name,
    found: problem === undefined,
    note: problem ?? 'network, mount, process and host-name namespaces',
  };
}

async function tryMode(mode: Mode, found: ReadonlySet<string>): Promise<string | undefined> {
  if (mode === Mode.Rootless && !found.has('newuidmap')) return 'newuidmap is missing';
  const capture = captureTrial[found.has('iptables') ? 'iptables' : 'nft'];
  const { status, stderr } = await tryCommand([
    ...supervisorPrefix(mode),
    'sh',
    '-ec',
    `${trial} && ${capture}`,
  ]);
  return status === 0
    ? undefined
    : `not allowed here: ${stderr.trim().split('\n').at(-1) ?? `status ${status}`}`;
}

async function findPrograms(): Promise<ReadonlySet<string>> {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  const present = await Promise.all(
    programs.map(async ({ name }) => {
      const tries = folders.map((folder) =>
        access(join(folder, name), constants.X_OK).then(
          () => true,
          () => false,
        ),
      );
      return (await Promise.all(tries)).includes(true) ? name : undefined;
    }),
  );
  return new Set(present.filter((name) => name !== undefined));
}
