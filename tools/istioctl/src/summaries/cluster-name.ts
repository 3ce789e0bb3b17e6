/** The parts of a cluster's name: `outbound|9080|v2|reviews.default.svc.cluster.local`. */
export interface ClusterName {
  readonly direction: string;
  readonly port: number;
  readonly subset: string;
  readonly host: string;
}

/** @returns undefined for a name of another form, such as `PassthroughCluster` */
export function parseClusterName(name: string): ClusterName | undefined {
  const [direction, port, subset, host, ...rest] = name.split('|');
  if (direction === undefined || port === undefined || subset === undefined || host === undefined)
    return undefined;
  return rest.length > 0 ? undefined : { direction, port: Number(port), subset, host };
}

/** Host, subset, port, direction: clusters of one service stand together. */
export function compareClusterNames(a: string, b: string): number {
  const [left, right] = [a, b].map(
    (name) => parseClusterName(name) ?? { host: name, subset: '', port: 0, direction: '' },
  );
  if (left === undefined || right === undefined) return 0;
  return (
    compareText(left.host, right.host) ||
    compareText(left.subset, right.subset) ||
    left.port - right.port ||
    compareText(left.direction, right.direction)
  );
}

/** By code unit, so that the order is the same everywhere. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
