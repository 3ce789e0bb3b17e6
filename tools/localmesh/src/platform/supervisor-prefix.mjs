/** @typedef {import('./mode.js').Mode} Mode */

/** @type {Readonly<Record<Mode, readonly string[]>>} */
const userNamespaceFlags = {
  root: [],
  rootless: ['--user', '--map-root-user', '--map-auto'],
  'rootless-one-id': ['--user', '--map-root-user'],
  loopback: [],
};

/**
 * What a supervisor is started by: namespaces of its own, which end with it and take everything along. Without namespaces
 * it is at least told when the process that started it dies.
 *
 * @param {Mode} mode
 * @returns {[string, ...string[]]}
 */
export function supervisorPrefix(mode) {
  if (mode === 'loopback') return ['setpriv', '--pdeathsig', 'TERM', '--'];
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return [
    'setpriv',
    '--pdeathsig',
    'KILL',
    '--',
    'unshare',
    ...userNamespaceFlags[mode],
    ...namespaces,
    '--',
  ];
}
