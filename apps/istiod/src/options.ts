import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDurationMs } from '@istio-ts/config-model';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/** Where a server listens; an empty host is every address. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** One option: a flag, an environment variable, a default and what it does. The flag wins over the variable. */
interface OptionRow<T> {
  readonly flag: string;
  readonly env: string;
  readonly fallback: T;
  readonly parse: (text: string) => T;
  readonly help: string;
  /** A repeated flag adds to the list. */
  readonly repeatable?: true;
}

function row<T>(
  flag: string,
  env: string,
  parse: (text: string) => T,
  rest: Omit<OptionRow<T>, 'flag' | 'env' | 'parse'>,
): OptionRow<T> {
  return { flag, env, parse, ...rest };
}

/** Every option of istiod. `apps/istiod/README.md` is checked against it. */
export const optionTable = {
  configDirs: row('--config-dir <dir>', 'PILOT_CONFIG_DIR', list, {
    fallback: [],
    repeatable: true,
    help: 'folder of manifests, read recursively and watched; an object of a later folder replaces that of an earlier one',
  }),
  dataDir: row('--data-dir <dir>', 'PILOT_DATA_DIR', text, {
    fallback: './istiod-data',
    help: 'where the self-made root certificate and its key are kept, and what manifest files said last',
  }),
  meshConfig: row('--mesh-config <file>', 'PILOT_MESH_CONFIG', text, {
    fallback: '',
    help: 'MeshConfig YAML; the ConfigMap "istio" of the root namespace is laid over it',
  }),
  grpcAddress: row('--grpc-addr <address>', 'PILOT_GRPC_ADDR', address, {
    fallback: { host: '127.0.0.1', port: 15010 },
    help: 'plain xDS, unauthenticated: no secrets, no certificate signing',
  }),
  secureGrpcAddress: row('--secure-grpc-addr <address>', 'PILOT_SECURE_GRPC_ADDR', address, {
    fallback: { host: '', port: 15012 },
    help: 'xDS and certificate signing over TLS, by token or client certificate',
  }),
  httpAddress: row('--http-addr <address>', 'PILOT_HTTP_ADDR', address, {
    fallback: { host: '', port: 8080 },
    help: 'readiness and debug pages',
  }),
  monitoringAddress: row('--monitoring-addr <address>', 'PILOT_MONITORING_ADDR', address, {
    fallback: { host: '', port: 15014 },
    help: 'metrics, version and debug pages',
  }),
  tokenJwks: row('--token-jwks <file>', 'PILOT_TOKEN_JWKS', text, {
    fallback: '',
    help: 'JSON Web Key Set that service-account tokens are verified with; without it no token is accepted',
  }),
  tokenIssuer: row('--token-issuer <issuer>', 'PILOT_TOKEN_ISSUER', text, {
    fallback: 'https://kubernetes.default.svc.cluster.local',
    help: 'issuer that tokens must name',
  }),
  tokenAudiences: row('--token-audiences <list>', 'TOKEN_AUDIENCES', list, {
    fallback: ['istio-ca'],
    help: 'audiences of which a token must name one',
  }),
  compatibilityVersion: row('--compatibility-version <version>', 'PILOT_COMPATIBILITY_VERSION', text, {
    fallback: '',
    help: 'behave like this Istio release where releases differ; "1.13" is known',
  }),
  trustDomain: row('--trust-domain <domain>', 'TRUST_DOMAIN', text, {
    fallback: 'cluster.local',
    help: 'trust domain of the identities that are issued',
  }),
  rootNamespace: row('--root-namespace <namespace>', 'ROOT_NAMESPACE', text, {
    fallback: 'istio-system',
    help: 'namespace of mesh-wide configuration and of istiod itself',
  }),
  clusterId: row('--cluster-id <id>', 'CLUSTER_ID', text, {
    fallback: 'Kubernetes',
    help: 'name of the cluster whose configuration this is',
  }),
  serverNames: row('--server-names <list>', 'PILOT_SERVER_NAMES', list, {
    fallback: [],
    help: 'further DNS names and IP addresses of the serving certificate',
  }),
  caCertificates: row('--ca-certs-dir <dir>', 'ROOT_CA_DIR', text, {
    fallback: './etc/cacerts',
    help: 'plugged-in CA: ca-cert.pem, ca-key.pem, root-cert.pem, cert-chain.pem; used when the folder is there',
  }),
  workloadCertTtlMs: row('--workload-cert-ttl <duration>', 'DEFAULT_WORKLOAD_CERT_TTL', duration, {
    fallback: 24 * 3_600_000,
    help: 'life of a workload certificate whose request names none',
  }),
  maxWorkloadCertTtlMs: row('--max-workload-cert-ttl <duration>', 'MAX_WORKLOAD_CERT_TTL', duration, {
    fallback: 90 * 24 * 3_600_000,
    help: 'longest life of a workload certificate',
  }),
  debounceAfterMs: row('--debounce-after <duration>', 'PILOT_DEBOUNCE_AFTER', duration, {
    fallback: 100,
    help: 'quiet time that ends a batch of changes',
  }),
  debounceMaxMs: row('--debounce-max <duration>', 'PILOT_DEBOUNCE_MAX', duration, {
    fallback: 10_000,
    help: 'longest wait for a batch of changes to end',
  }),
  debugOnHttp: row('--debug-on-http <boolean>', 'ENABLE_DEBUG_ON_HTTP', flag, {
    fallback: true,
    help: 'serve the /debug pages',
  }),
  debugNamespaces: row('--debug-namespaces <list>', 'DEBUG_ENDPOINT_AUTH_ALLOWLIST', list, {
    fallback: [],
    help: 'namespaces beside the root namespace whose tokens may read the debug pages from elsewhere than loopback',
  }),
  logLevel: row('--log-level <level>', 'PILOT_LOG_LEVEL', level, {
    fallback: 'info',
    help: 'debug, info, warn or error',
  }),
} as const;

type OptionTable = typeof optionTable;

/** The options in force. */
export type Options = {
  readonly [K in keyof OptionTable]: OptionTable[K]['fallback'] extends infer T ? Widen<T> : never;
};

type Widen<T> = T extends boolean
  ? boolean
  : T extends string
    ? string
    : T extends number
      ? number
      : T extends readonly unknown[]
        ? readonly string[]
        : T;

/** `--grpc-addr` */
export function flagName(key: keyof Options): string {
  return optionTable[key].flag.split(' ')[0] ?? '';
}

export const defaultOptions = Object.freeze(
  Object.fromEntries(Object.entries(optionTable).map(([key, { fallback }]) => [key, fallback])),
) as unknown as Options;

/**
 * Reads flags and environment. `--help` and `--version` print and end the process, as commander does; a wrong value is a
 * MeshError USAGE.
 */
export function parseOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Options {
  const command = new Command('istiod').version(version).description('The control plane of istio-ts.');
  for (const option of Object.values(optionTable)) command.addOption(describe(option));
  command.configureOutput({ writeErr: () => undefined }).exitOverride((stop) => {
    if (stop.exitCode === 0) process.exit(0);
    throw new MeshError(MeshErrorCode.Usage, stop.message.replace(/^error: /u, ''), { cause: stop });
  });
  const given = command.parse([...argv], { from: 'user' }).opts<Readonly<Record<string, unknown>>>();
  const entries = Object.entries(optionTable).map(
    ([key, option]) => [key, valueOf(option, given, env)] as const,
  );
  return Object.freeze(Object.fromEntries(entries)) as unknown as Options;
}

function describe(option: OptionRow<unknown>): Option {
  const described = new Option(option.flag, `${option.help} [${option.env}]`);
  const { parse, repeatable } = option;
  return described.argParser((value: string, earlier: unknown) => {
    const parsed = parse(value);
    return repeatable === true && Array.isArray(earlier) && Array.isArray(parsed)
      ? [...(earlier as unknown[]), ...(parsed as unknown[])]
      : parsed;
  });
}

function valueOf(
  option: OptionRow<unknown>,
  given: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): unknown {
  const fromFlag = given[new Option(option.flag).attributeName()];
  if (fromFlag !== undefined) return fromFlag;
  const fromEnv = env[option.env];
  if (fromEnv === undefined) return option.fallback;
  try {
    return option.parse(fromEnv);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MeshError(MeshErrorCode.Usage, `environment variable ${option.env}: ${reason}`, { cause });
  }
}

function text(value: string): string {
  return value;
}

function list(value: string): readonly string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function flag(value: string): boolean {
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new InvalidArgumentError(`"${value}" is neither true nor false`);
}

function level(value: string): string {
  if (['debug', 'info', 'warn', 'error'].includes(value)) return value;
  throw new InvalidArgumentError(`"${value}" is none of debug, info, warn, error`);
}

/** `host:port`, `[ipv6]:port` or `:port`. */
function address(value: string): ListenAddress {
  const match = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/u.exec(value);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new InvalidArgumentError(`"${value}" is not an address: write host:port, [ipv6]:port or :port`);
  }
  return { host: match[1] ?? match[2] ?? '', port };
}

/** `100ms`, `1h30m`, as Go writes durations. */
function duration(value: string): number {
  const ms = parseDurationMs(value);
  if (ms === undefined || ms < 0)
    throw new InvalidArgumentError(`"${value}" is not a duration: write 100ms, 10s, 1h30m`);
  return ms;
}
