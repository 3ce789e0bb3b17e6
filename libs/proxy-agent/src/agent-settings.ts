import { cpus, networkInterfaces } from 'node:os';
import { isIPv6 } from 'node:net';
import { parseDurationMs } from '@istio-ts/config-model/proxy-config';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { KeyAlgorithm } from '@istio-ts/pki';
import { parseDownwardFile } from './pod/downward-file.js';
import type { EnvoyCommand } from './envoy/envoy-command.js';
import { readPodIdentity, type Environment, type PodIdentity } from './pod/pod-environment.js';
import { podFiles, type PodRoot } from './pod/pod-paths.js';
import {
  durationField,
  numberField,
  resolveProxyConfig,
  stringField,
  type ProxyConfig,
} from './pod/proxy-config.js';
import { readOptional } from './read-file.js';

export type ProxyRole = 'sidecar' | 'router';

/** What the command line says; everything else comes from files and environment. */
export interface AgentFlags {
  /** DNS domain of the proxy, `<namespace>.svc.cluster.local` by default. */
  readonly domain?: string | undefined;
  readonly serviceCluster?: string | undefined;
  readonly proxyLogLevel: string;
  readonly proxyComponentLogLevel: string;
  readonly concurrency?: number | undefined;
  readonly outlierLogPath?: string | undefined;
  /** Where the MeshConfig is, if not at its usual place. */
  readonly meshConfigFile?: string | undefined;
}

export interface AgentSettings {
  readonly role: ProxyRole;
  readonly pod: PodIdentity;
  readonly proxyConfig: ProxyConfig;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly instanceIps: readonly string[];
  readonly domain: string;
  readonly clusterId: string;
  readonly discoveryAddress: string;
  readonly caAddress: string;
  /** The name in the control plane's certificate, where it is not the address. */
  readonly serverName: string | undefined;
  readonly certificate: {
    readonly ttlMs: number;
    readonly graceRatio: number;
    readonly keyAlgorithm: KeyAlgorithm;
  };
  readonly ports: AgentPorts;
  readonly addresses: AgentAddresses;
  readonly socketMark: number | undefined;
  readonly drain: DrainSettings;
  readonly envoyBinary: string;
  readonly envoy: EnvoyCommand;
  readonly outlierLogPath: string | undefined;
}

export interface AgentPorts {
  readonly admin: number;
  readonly status: number;
  readonly health: number;
  readonly prometheus: number;
  /** Statistics over mutual TLS: Envoy's, and merged with the application's. None without a port. */
  readonly secureMetrics: number | undefined;
  readonly secureMergedMetrics: number | undefined;
}

export interface AgentAddresses {
  /** Of the static listeners and the status port. */
  readonly bind: string;
  /** Of the admin interface, and how Envoy and the agent see each other. */
  readonly loopback: string;
}

export interface DrainSettings {
  /** How long connections may go on after the drain began. */
  readonly terminationMs: number;
  readonly exitOnZeroActiveConnections: boolean;
}

/** Reads all that the agent is told. Throws a MeshError that says which input is missing or wrong. */
export async function readAgentSettings(input: {
  readonly role: ProxyRole;
  readonly root: PodRoot;
  readonly env: Environment;
  readonly flags: AgentFlags;
}): Promise<AgentSettings> {
  const { role, root, env, flags } = input;
  const pod = readPodIdentity(env);
  const mesh = await readOptional(flags.meshConfigFile ?? root.path('mesh'));
  const resolved = resolveProxyConfig({ mesh, overlay: env['PROXY_CONFIG'] });
  const proxyConfig = { ...resolved, ...(flags.serviceCluster && { serviceCluster: flags.serviceCluster }) };
  const discoveryAddress = stringField(proxyConfig, 'discoveryAddress') ?? '';
  return {
    role,
    pod,
    proxyConfig,
    labels: parseDownwardFile((await readOptional(root.path('labels'))) ?? ''),
    annotations: parseDownwardFile((await readOptional(root.path('annotations'))) ?? ''),
    instanceIps: instanceAddresses(pod.ip),
    domain: flags.domain ?? `${pod.namespace}.svc.cluster.local`,
    clusterId: env['ISTIO_META_CLUSTER_ID'] ?? 'Kubernetes',
    discoveryAddress,
    caAddress: env['CA_ADDR'] ?? discoveryAddress,
    serverName: env['ISTIOD_SAN'],
    certificate: readCertificateSettings(env),
    ports: readPorts(env, proxyConfig),
    addresses: chooseAddresses(env, pod.ip),
    socketMark: readNumber(env, 'ISTIO_TS_SOCKET_MARK'),
    drain: readDrain(env, proxyConfig),
    envoyBinary: env['ENVOY_BIN'] ?? 'envoy',
    envoy: createEnvoyCommand(input, proxyConfig),
    outlierLogPath: flags.outlierLogPath,
  };
}

function createEnvoyCommand(
  { role, env, flags }: { readonly role: ProxyRole; readonly env: Environment; readonly flags: AgentFlags },
  proxyConfig: ProxyConfig,
): EnvoyCommand {
  const configured = flags.concurrency ?? numberField(proxyConfig, 'concurrency');
  return {
    bootstrap: podFiles.bootstrap,
    // A gateway takes what the machine has, a sidecar leaves most of it to its application.
    concurrency: configured ?? (role === 'router' ? cpus().length : 2),
    drainMs: durationField(proxyConfig, 'drainDuration') ?? 45_000,
    logLevel: flags.proxyLogLevel,
    componentLogLevel: flags.proxyComponentLogLevel,
    ipFamily: isIPv6(env['INSTANCE_IP'] ?? '') ? 'v6' : 'v4',
  };
}

function readCertificateSettings(env: Environment): AgentSettings['certificate'] {
  const ttl = env['SECRET_TTL'] ?? '24h';
  const ttlMs = parseDurationMs(ttl);
  if (ttlMs === undefined || ttlMs <= 0) usage(`SECRET_TTL is "${ttl}": expected a duration such as 24h`);
  const ratio = Number(env['SECRET_GRACE_PERIOD_RATIO'] ?? '0.5');
  if (!(ratio >= 0 && ratio <= 1)) usage('SECRET_GRACE_PERIOD_RATIO must be between 0 and 1');
  const keyAlgorithm =
    env['WORKLOAD_RSA_KEY_SIZE'] === undefined ? KeyAlgorithm.EcdsaP256 : KeyAlgorithm.Rsa2048;
  return { ttlMs, graceRatio: ratio, keyAlgorithm };
}

function readPorts(env: Environment, proxyConfig: ProxyConfig): AgentPorts {
  return {
    admin: numberField(proxyConfig, 'proxyAdminPort') ?? 15000,
    status: numberField(proxyConfig, 'statusPort') ?? 15020,
    health: readNumber(env, 'ENVOY_STATUS_PORT') ?? 15021,
    prometheus: readNumber(env, 'ENVOY_PROMETHEUS_PORT') ?? 15090,
    secureMetrics: readNumber(env, 'ENVOY_SECURE_METRICS_PORT'),
    secureMergedMetrics: readNumber(env, 'ENVOY_SECURE_MERGED_METRICS_PORT'),
  };
}

function chooseAddresses(env: Environment, podIp: string): AgentAddresses {
  const fixed = env['ISTIO_TS_BIND_ADDRESS'];
  if (fixed !== undefined) return { bind: fixed, loopback: fixed };
  return isIPv6(podIp) ? { bind: '::', loopback: '::1' } : { bind: '0.0.0.0', loopback: '127.0.0.1' };
}

function readDrain(env: Environment, proxyConfig: ProxyConfig): DrainSettings {
  return {
    terminationMs: durationField(proxyConfig, 'terminationDrainDuration') ?? 5000,
    exitOnZeroActiveConnections: env['EXIT_ON_ZERO_ACTIVE_CONNECTIONS'] === 'true',
  };
}

/** The pod's address first; the machine's others with it where the pod's is one of them (not for a pod that shares a host). */
function instanceAddresses(podIp: string): readonly string[] {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address);
  return own.includes(podIp) ? [...new Set([podIp, ...own])] : [podIp];
}

function readNumber(env: Environment, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) usage(`${name} is "${text}": expected a number`);
  return Number(text);
}

function usage(message: string): never {
  throw new MeshError(MeshErrorCode.Usage, message);
}
