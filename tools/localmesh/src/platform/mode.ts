/** How pods are run: what the machine allows, from the most to the least. */
export const Mode = {
  /** Namespaces, made as root. */
  Root: 'root',
  /** Namespaces inside one user namespace with mapped sub-ids. */
  Rootless: 'rootless',
  /** Namespaces inside one user namespace that knows one id: capture spares the proxy by a mark on its connections. */
  RootlessOneId: 'rootless-one-id',
  /** No namespaces: every pod is a loopback address, and nothing is captured. */
  Loopback: 'loopback',
} as const;

export type Mode = (typeof Mode)[keyof typeof Mode];

export const modes: readonly Mode[] = Object.values(Mode);

export function isMode(text: string): text is Mode {
  return modes.some((mode) => mode === text);
}

/** The user-namespace flags of a mode. */
export function userNamespaceFlags(mode: Mode): readonly string[] {
  if (mode === Mode.Rootless) return ['--user', '--map-root-user', '--map-auto'];
  return mode === Mode.RootlessOneId ? ['--user', '--map-root-user'] : [];
}

/**
 * What a supervisor is started by: namespaces of its own, which end with it and take everything along. Without namespaces
 * it is at least told when the process that started it dies.
 */
export function supervisorPrefix(mode: Mode): [string, ...string[]] {
  if (mode === Mode.Loopback) return ['setpriv', '--pdeathsig', 'TERM', '--'];
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return [
    'setpriv',
    '--pdeathsig',
    'KILL',
    '--',
    'unshare',
    ...userNamespaceFlags(mode),
    ...namespaces,
    '--',
  ];
}
