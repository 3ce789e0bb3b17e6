import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MeshError } from '@istio-ts/foundation';
import type { AgentSettings } from '../agent-settings.js';
import type { Environment } from '../pod/pod-environment.js';
import { createBootstrap, type BootstrapInput } from './bootstrap.js';
import { renderNodeId } from './node.js';
import type { StatsTag } from './stats-config.js';

/** The Istio release whose behaviour this program has. */
export const istioVersion = '1.29.0';

/** The bootstrap's input from what the agent was told. */
export function bootstrapInput(
  settings: AgentSettings,
  env: Environment,
  wasmStatsTags: readonly StatsTag[],
): BootstrapInput {
  const { pod, role, domain, proxyConfig, ports, addresses, drain } = settings;
  const [pilotName] = settings.discoveryAddress.split(':');
  return {
    nodeId: renderNodeId({ type: role, ip: pod.ip, pod: pod.name, namespace: pod.namespace, domain }),
    env,
    labels: settings.labels,
    annotations: settings.annotations,
    proxyConfig,
    instanceIps: settings.instanceIps,
    istioVersion,
    prometheusPort: ports.prometheus,
    statusPort: ports.health,
    secureMetricsPort: ports.secureMetrics,
    secureMergedMetricsPort: ports.secureMergedMetrics,
    identitySocket: 'socket',
    pilotSubjectAltNames: [settings.serverName ?? pilotName ?? ''],
    outlierLogPath: settings.outlierLogPath,
    wasmStatsTags,
    bindAddress: addresses.bind,
    loopback: addresses.loopback,
    socketMark: settings.socketMark,
    exitOnZeroActiveConnections: drain.exitOnZeroActiveConnections,
    compliancePolicy: env['COMPLIANCE_POLICY'],
  };
}

/** Writes the bootstrap; the file appears whole or not at all. Returns its text. */
export async function writeBootstrap(path: string, input: BootstrapInput): Promise<string> {
  const text = `${JSON.stringify(createBootstrap(input), undefined, 2)}\n`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
    return text;
  } catch (error) {
    throw MeshError.from(error, `cannot write Envoy's bootstrap ${path}`);
  }
}
