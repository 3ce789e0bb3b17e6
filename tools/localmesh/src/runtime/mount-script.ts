import { join } from 'node:path';
import type { SandboxRequest } from './sandbox.js';

/**
 * Shell commands that give a pod its own host name, `/etc` files and mounted folders. They run in the pod's new mount
 * namespace, so nothing of it is seen outside. A mount point that does not exist is made on a copy of its nearest existing
 * parent folder, a list of links, so that the machine's own folders stay as they are.
 */
export function mountScript({ folder, hostname, mounts }: SandboxRequest): string {
  const files = ['resolv.conf', 'hosts', 'hostname'].map((name) => {
    const target = `/etc/${name}`;
    return `t=$(readlink -f ${target} || echo ${target}); if [ -e "$t" ]; then mount --bind ${quote(join(folder, 'etc', name))} "$t"; fi`;
  });
  return [
    `hostname ${quote(hostname)} 2>/dev/null || echo ${quote(hostname)} > /proc/sys/kernel/hostname`,
    ...(mounts.length > 0 ? [mountPointFunction(folder)] : []),
    ...mounts.map(({ from, to }) => `mount_point ${quote(to)} && mount --bind ${quote(from)} ${quote(to)}`),
    ...files,
  ].join('\n');
}

function mountPointFunction(folder: string): string {
  return `staging=${quote(join(folder, '.mounts'))}; mkdir -p "$staging"; mount -t tmpfs tmpfs "$staging"
mount_point() {
 [ -d "$1" ] && return 0
 p="$1"; while [ ! -d "$p" ]; do p=$(dirname "$p"); done
 n="$staging/$(echo "$p" | tr / _)"; mkdir -p "$n.old" "$n.new"
 mount --rbind "$p" "$n.old"
 for e in $(ls -A "$p"); do ln -s "$n.old/$e" "$n.new/$e"; done
 mount --bind "$n.new" "$p"
 mkdir -p "$1"
}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
