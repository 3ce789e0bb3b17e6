/** A whole number of the environment, or the fallback where it is absent or no number. */
export function numberSetting(name: string, fallback: number): number {
  const value = Number(process.env[name]);
  return process.env[name] === undefined || !Number.isFinite(value) ? fallback : value;
}

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * The address to listen on. `ISTIO_TS_APP_LISTEN` (`address:port`) is set where pods share one network namespace and the
 * platform has to give the application a place of its own; `LISTEN_ADDR` has the same form; else all addresses.
 */
export function listenAddress(defaultPort: number): ListenAddress {
  const given = process.env['ISTIO_TS_APP_LISTEN'] ?? process.env['LISTEN_ADDR'] ?? '';
  const colon = given.lastIndexOf(':');
  if (colon < 0) return { host: '0.0.0.0', port: defaultPort };
  const host = given.slice(0, colon);
  return { host: host === '' ? '0.0.0.0' : host, port: Number(given.slice(colon + 1)) };
}
