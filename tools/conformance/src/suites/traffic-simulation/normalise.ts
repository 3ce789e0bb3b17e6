/**
 * The suite stores Istio objects with an empty domain suffix, so a short destination host comes out as `name.namespace`;
 * ours comes out fully qualified. A host of exactly two labels is taken for its qualified form (the README's rule).
 */
export function normaliseCluster(name: string): string {
  const [direction, port, subset, host] = name.split('|');
  if (direction !== 'outbound' || host === undefined) return name;
  return [direction, port, subset, normaliseHost(host)].join('|');
}

/** The same for `<host>:<port>` of a virtual host. */
export function normaliseVirtualHost(name: string): string {
  const colon = name.lastIndexOf(':');
  return colon < 0 ? normaliseHost(name) : `${normaliseHost(name.slice(0, colon))}${name.slice(colon)}`;
}

function normaliseHost(host: string): string {
  const isShort = host.split('.').length === 2 && !host.startsWith('*');
  return isShort ? `${host}.svc.cluster.local` : host;
}
