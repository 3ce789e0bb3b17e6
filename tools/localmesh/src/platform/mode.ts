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
