import { Mode } from './mode.js';

/** One thing that the machine has or lacks. */
export interface Capability {
  readonly name: string;
  readonly found: boolean;
  /** What it is good for, or where it was found. */
  readonly note: string;
  /** The Debian package that brings it, where it is missing and one does. */
  readonly install?: string;
}

/** What was found out about the machine before a mesh starts. */
export interface MachineReport {
  readonly capabilities: readonly Capability[];
  /** The modes that would work, from the most to the least. */
  readonly workable: readonly Mode[];
  readonly serviceRules: 'nft' | 'iptables';
}

/** The mode that is chosen: the one asked for, else the first that works. */
export function chooseMode({ workable }: MachineReport, asked: Mode | undefined): Mode | undefined {
  if (asked !== undefined) return workable.includes(asked) ? asked : undefined;
  return workable[0];
}

const modeNotes: Readonly<Record<Mode, string>> = {
  [Mode.Root]: 'pods are namespaces, made as root',
  [Mode.Rootless]: 'pods are namespaces in one user namespace, with mapped sub-ids',
  [Mode.RootlessOneId]:
    'pods are namespaces in one user namespace with one id; the proxy is exempt by a socket mark',
  [Mode.Loopback]:
    "pods are loopback addresses; nothing is captured, calls go by the sidecar's HTTP proxy port",
};

/** The table that a start prints: what there is, what was chosen, and what to install for more. */
export function renderReport({ capabilities }: MachineReport, mode: Mode): string {
  const rows = capabilities.map(({ name, found, note, install }) => [
    name,
    found ? 'yes' : 'no',
    found || install === undefined ? note : `${note}; install: ${install}`,
  ]);
  const all = [['capability', 'found', 'note'], ...rows, ['mode', mode, modeNotes[mode]]];
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(
      ([name = '', found = '', note = '']) =>
        `${name.padEnd(widths[0] ?? 0)}  ${found.padEnd(widths[1] ?? 0)}  ${note}`,
    )
    .join('\n');
}
