/** How Envoy is to be started. */
export interface EnvoyCommand {
  /** Relative to the pod's root. */
  readonly bootstrap: string;
  /** Worker threads; 0 means one per core. */
  readonly concurrency: number;
  readonly drainMs: number;
  readonly logLevel: string;
  /** `filter:debug,misc:error` */
  readonly componentLogLevel: string;
  readonly ipFamily: 'v4' | 'v6';
}

/** Envoy's command line. */
export function renderEnvoyArguments(command: EnvoyCommand): readonly string[] {
  return [
    ['-c', command.bootstrap],
    ['--drain-time-s', String(Math.ceil(command.drainMs / 1000))],
    ['--drain-strategy', 'immediate'],
    ['--local-address-ip-version', command.ipFamily],
    ['--file-flush-interval-msec', '1000'],
    ['-l', command.logLevel],
    ['--component-log-level', command.componentLogLevel],
    command.concurrency > 0 ? ['--concurrency', String(command.concurrency)] : [],
    ['--disable-hot-restart'],
  ].flat();
}
