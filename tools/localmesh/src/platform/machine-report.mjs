/** @typedef {import('./mode.js').Mode} Mode */

/**
 * One thing that the machine has or lacks. `note` says what it is good for, where it was found, or what keeps it from
 * working; `install` is the Debian package that brings it.
 *
 * @typedef {object} Capability
 * @property {string} name
 * @property {boolean} found
 * @property {string} note
 * @property {string} [install]
 */

/**
 * What was found out about the machine before a mesh starts; `workable` from the most to the least.
 *
 * @typedef {object} MachineReport
 * @property {readonly Capability[]} capabilities
 * @property {readonly Mode[]} workable
 * @property {'nft' | 'iptables'} serviceRules
 * @property {'nft' | 'iptables'} captureRules
 */

/**
 * The mode that is chosen: the one asked for, else the first that works; undefined where that does not work.
 *
 * @param {MachineReport} report
 * @param {Mode | undefined} asked
 * @returns {Mode | undefined}
 */
export function chooseMode({ workable }, asked) {
  if (asked !== undefined) return workable.includes(asked) ? asked : undefined;
  return workable[0];
}

/** @type {Readonly<Record<Mode, string>>} */
const modeNotes = {
  root: 'pods are namespaces, made as root',
  rootless: 'pods are namespaces in one user namespace, with mapped sub-ids',
  'rootless-one-id':
    'pods are namespaces in one user namespace with one id; the proxy is exempt by a socket mark',
  loopback: "pods are loopback addresses; nothing is captured, calls go by the sidecar's HTTP proxy port",
};

/**
 * The table that a start prints: what there is, which mode was chosen, and what to install for more.
 *
 * @param {readonly Capability[]} capabilities
 * @param {Mode | undefined} mode undefined: none
 */
export function renderReport(capabilities, mode) {
  const rows = capabilities.map(({ name, found, note, install }) => [
    name,
    found ? 'yes' : 'no',
    note,
    found ? '' : (install ?? ''),
  ]);
  const chosen = mode === undefined ? ['mode', 'none', '', ''] : ['mode', mode, modeNotes[mode], ''];
  const all = [['CAPABILITY', 'FOUND', 'NOTE', 'INSTALL'], ...rows, chosen];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * Why a start ends here, for a mode that was asked for, or for any.
 *
 * @param {MachineReport} report
 * @param {Mode | undefined} asked
 */
export function refusal({ workable, capabilities }, asked) {
  const packages = new Set(
    capabilities.flatMap(({ found, install }) => (found || !install ? [] : [install])),
  );
  const help = packages.size === 0 ? '' : ` To have more, install: ${[...packages].join(', ')}.`;
  if (workable.length === 0)
    return `no mode works on this machine, not even "loopback", which needs setpriv and Node alone.${help}`;
  return `mode "${asked ?? ''}" does not work here; what does: ${workable.join(', ')}.${help}`;
}
