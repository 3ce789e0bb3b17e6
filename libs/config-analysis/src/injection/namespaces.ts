/** Namespaces that nobody expects to be injected. */
const systemNamespaces: readonly string[] = [
  'istio-system',
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
];

export function isSystemNamespace(namespace: string, controlPlane: string): boolean {
  return namespace === controlPlane || systemNamespaces.includes(namespace);
}
