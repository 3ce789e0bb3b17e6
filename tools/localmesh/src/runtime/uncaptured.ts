/** Port of the sidecar's HTTP proxy, by which calls leave a pod whose traffic is not captured. */
export const httpProxyPort = 15080;

/** The port that an application gets where its own port belongs to its proxy's inbound listener. */
export function applicationPort(port: number): number {
  return port < 40_000 ? port + 20_000 : port - 20_000;
}
