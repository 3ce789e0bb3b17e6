import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository, repositoryFile } from '../support/local-mesh.js';

/** How a mode is started here: behind which command, or why it cannot be. */
export interface Surroundings {
  readonly under: readonly string[];
  readonly why?: string;
}

const isRoot = process.getuid?.() === 0;
const ordinaryUser = 65_534;
const asOrdinaryUser = isRoot
  ? ['setpriv', `--reuid=${ordinaryUser}`, `--regid=${ordinaryUser}`, '--clear-groups', '--']
  : [];

/**
 * A user namespace whose own limit of further ones is 0, entered as an ordinary user without any capability: the kernel
 * refuses to make namespaces there as one does that has them switched off.
 */
export const withoutNamespaces = [
  'unshare',
  '--user',
  '--map-user=1000',
  '--map-group=1000',
  '--keep-caps',
  'sh',
  '-c',
  'echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --inh-caps=-all --ambient-caps=-all -- "$@"',
  'sh',
];

/** Sub-ids for the ordinary user, seen by this command alone. */
function withSubIds(folder: string): readonly string[] {
  const file = join(folder, 'subid');
  writeFileSync(file, `${ordinaryUser}:200000:65536\nnobody:200000:65536\n`, { mode: 0o644 });
  const script = `mount --bind ${file} /etc/subuid && mount --bind ${file} /etc/subgid && exec "$@"`;
  return ['unshare', '--mount', 'sh', '-c', script, 'sh'];
}

/** The program of iptables under all its names, covered for this command alone. */
const withoutIptables = [
  'unshare',
  '--mount',
  'sh',
  '-c',
  'PATH=$PATH:/usr/sbin:/sbin; ! found=$(command -v iptables) || mount --bind /dev/null "$(readlink -f "$found")"; exec "$@"',
  'sh',
];

export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'modes-'));

  get manifests(): string {
    return join(this.folder, 'manifests');
  }

  /** A folder of the user's own for data, with the coolstore, a client outside the mesh, and an application with probes. */
  async open(): Promise<void> {
    chmodSync(this.folder, 0o755);
    cpSync(join(repository, 'samples/coolstore'), this.manifests, { recursive: true });
    writeFileSync(join(this.manifests, 'sleep.yaml'), await repositoryFile('samples/scenarios/sleep.yaml'));
    copyFileSync(join(import.meta.dirname, 'probed.yaml'), join(this.manifests, 'probed.yaml'));
    if (isRoot) chownSync(this.folder, ordinaryUser, ordinaryUser);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  dataFolder(mode: string, name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    if (isRoot && mode !== 'root') chownSync(folder, ordinaryUser, ordinaryUser);
    return folder;
  }

  /** An Envoy that the ordinary user can read, wherever this machine keeps its own. */
  envoy(): string {
    const found = execFileSync(process.execPath, [join(repository, 'tools/envoy/src/find-envoy.mjs')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    if (!isRoot) return found;
    const copy = join(this.folder, 'envoy');
    copyFileSync(found, copy);
    chmodSync(copy, 0o755);
    return copy;
  }

  surroundings(name: string): Surroundings {
    switch (name) {
      case 'root':
        return isRoot ? { under: [] } : { under: [], why: 'the tests do not run as root' };
      case 'root-without-iptables':
        return isRoot ? tried(withoutIptables, ['nft', 'list', 'ruleset']) : this.surroundings('root');
      case 'rootless': {
        const under = [...(isRoot ? withSubIds(this.folder) : []), ...asOrdinaryUser];
        return tried(under, ['unshare', '--user', '--map-root-user', '--map-auto', 'true']);
      }
      case 'rootless-one-id':
        return tried(asOrdinaryUser, ['unshare', '--user', '--map-root-user', 'true']);
      default:
        return tried([...asOrdinaryUser, ...withoutNamespaces], ['true']);
    }
  }
}

/** Whether a command succeeds behind another, with its own words where it does not. */
function tried(under: readonly string[], trial: readonly string[]): Surroundings {
  const [command = '', ...args] = [...under, ...trial];
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return { under };
  return { under, why: error?.message ?? stderr.trim() };
}
