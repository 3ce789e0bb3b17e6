import { MeshError, MeshErrorCode, type Clock, type Logger } from '@istio-ts/foundation';
import { readAgentSettings, type AgentFlags, type AgentSettings, type ProxyRole } from './agent-settings.js';
import type { StatsTag } from './bootstrap/stats-config.js';
import { bootstrapInput, writeBootstrap } from './bootstrap/write-bootstrap.js';
import { chooseSecretSource } from './certificates/choose-secret-source.js';
import { FileSecrets } from './certificates/file-secrets.js';
import { createPodSecrets } from './certificates/pod-secrets.js';
import { serveSecrets } from './certificates/sds-server.js';
import type { SecretSource } from './certificates/workload-secret.js';
import { drainEnvoy } from './envoy/drain.js';
import { renderEnvoyArguments } from './envoy/envoy-command.js';
import { createEnvoyEnvironment } from './envoy/envoy-environment.js';
import { EnvoySupervisor } from './envoy/envoy-supervisor.js';
import { checkEnvoyVersion, describeMissingWasm } from './envoy/envoy-version.js';
import { installExtensions } from './envoy/install-extensions.js';
import { openControlPlane } from './grpc/control-plane-channel.js';
import { controlPlaneOptions } from './grpc/control-plane-options.js';
import type { Environment } from './pod/pod-environment.js';
import { PodRoot } from './pod/pod-paths.js';
import type { RelayInterceptor } from './relay/relay-interceptor.js';
import { serveRelay } from './relay/xds-relay.js';
import { AgentMetrics } from './status/agent-metrics.js';
import { ReadinessCheck } from './status/readiness.js';
import { openStatusPort } from './status/open-status-port.js';

export interface ProxyAgentOptions {
  readonly role: ProxyRole;
  /** The pod's root folder; every path of the contract is under it. */
  readonly root: string;
  readonly env: Environment;
  readonly flags: AgentFlags;
  readonly wasm: WasmModules;
  readonly interceptors?: readonly RelayInterceptor[];
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly logger: Logger;
  /** Envoy's log, a line each. */
  readonly onEnvoyLog: (line: string) => void;
  /** Where Envoy's `/dev/stdout` goes. */
  readonly envoyStdout: number | 'inherit';
}

/** Our Wasm modules as they came with the program. */
export interface WasmModules {
  /** Their folder, where the environment names none. */
  readonly dir: string;
  /** Labels of the metrics that they make. */
  readonly statsTags: readonly StatsTag[];
}

/** Everything of one running agent that its steps share. */
interface Agent {
  readonly options: ProxyAgentOptions;
  readonly settings: AgentSettings;
  readonly root: PodRoot;
  readonly metrics: AgentMetrics;
  readonly secrets: SecretSource;
  readonly readiness: ReadinessCheck;
  /** Ends the agent for a reason of its own: somebody asked, or it cannot work. Envoy is not drained then. */
  readonly end: (reason?: MeshError) => void;
  readonly ended: AbortSignal;
}

/**
 * Runs a proxy and all that it needs: certificate, configuration relay, health and metrics. Returns when the signal has
 * aborted and Envoy has drained, or at once after `/quitquitquit`; throws a MeshError where it cannot work at all.
 */
export async function runProxyAgent(options: ProxyAgentOptions, signal: AbortSignal): Promise<void> {
  const { env, wasm, logger } = options;
  const ending = new AbortController();
  let failure: MeshError | undefined;
  const end = (reason?: MeshError): void => {
    failure ??= reason;
    ending.abort();
  };
  const agent = await createAgent(options, { end, ended: ending.signal });
  const until = AbortSignal.any([signal, ending.signal]);
  const [bootstrap] = await Promise.all([
    writeBootstrap(agent.root.path('bootstrap'), bootstrapInput(agent.settings, env, wasm.statsTags)),
    checkEnvoyVersion(agent.settings.envoyBinary, env),
    installExtensions(agent.root.path('extensions'), env['ISTIO_TS_WASM_DIR'] ?? wasm.dir, logger),
  ]);
  await runServices(agent, bootstrap, until);
  if (failure !== undefined) throw failure;
}

async function createAgent(options: ProxyAgentOptions, ending: Pick<Agent, 'end' | 'ended'>): Promise<Agent> {
  const { clock } = options;
  const startedAtMs = clock.nowMs();
  const root = new PodRoot(options.root);
  const settings = await readAgentSettings({ ...options, root });
  const metrics = new AgentMetrics();
  const secrets = await chooseSecretSource(settings, root, options);
  const readiness = new ReadinessCheck({
    admin: { host: settings.addresses.loopback, port: settings.ports.admin },
    hasCertificate: () => secrets.current() !== undefined,
    onReady: () => metrics.set('istio_agent_startup_duration_seconds', (clock.nowMs() - startedAtMs) / 1000),
  });
  return { options, settings, root, metrics, secrets, readiness, ...ending };
}

/** Opens the servers, runs Envoy between them, and closes in reverse order. */
async function runServices(agent: Agent, bootstrap: string, until: AbortSignal): Promise<void> {
  const { options, root, secrets } = agent;
  const closers: (() => Promise<void>)[] = [];
  try {
    closers.push(await openStatusPort(agent));
    closers.push(renewInBackground(secrets));
    const files = new FileSecrets({ ...options, place: (path) => root.resolve(path) });
    closers.push(
      await serveSecrets(root.path('sdsSocket'), createPodSecrets(secrets, files), options.logger),
    );
    closers.push(await openRelay(agent));
    await runEnvoy(agent, bootstrap, until);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function renewInBackground(secrets: SecretSource): () => Promise<void> {
  const stop = new AbortController();
  const renewing = secrets.run(stop.signal);
  return () => {
    stop.abort();
    return renewing;
  };
}

function openRelay({ options, settings, root, metrics, secrets, end }: Agent): Promise<() => Promise<void>> {
  const { clock, random, logger, interceptors = [] } = options;
  const upstream = controlPlaneOptions({
    address: settings.discoveryAddress,
    settings,
    root,
    clock,
    secrets,
  });
  return serveRelay({
    socket: root.path('xdsSocket'),
    open: () => openControlPlane(upstream),
    address: settings.discoveryAddress,
    interceptors,
    clock,
    random,
    logger: logger.child('xds'),
    metrics,
    onNode: ({ node }) => {
      const problem = describeMissingWasm(node);
      if (problem !== undefined) end(new MeshError(MeshErrorCode.Envoy, problem));
    },
  });
}

async function runEnvoy(
  { options, settings, root: podRoot, readiness, ended }: Agent,
  bootstrap: string,
  until: AbortSignal,
): Promise<void> {
  const { clock, random, logger, root, env, envoyStdout, onEnvoyLog } = options;
  const stop = new AbortController();
  const supervisor = new EnvoySupervisor({
    start: {
      binary: settings.envoyBinary,
      args: renderEnvoyArguments(settings.envoy),
      workingDirectory: root,
      env: createEnvoyEnvironment(settings, env),
      stdout: envoyStdout,
      onLogLine: onEnvoyLog,
    },
    bootstrap,
    recordFile: podRoot.path('envoyRecord'),
    clock,
    random,
    logger: logger.child('envoy'),
  });
  const running = supervisor.run(stop.signal);
  await Promise.race([running, aborted(until)]);
  readiness.startDraining();
  if (!ended.aborted) {
    await drainEnvoy({
      ...settings.drain,
      admin: { host: settings.addresses.loopback, port: settings.ports.admin },
      ownPorts: [settings.ports.health, settings.ports.prometheus],
      clock,
      logger,
    });
  }
  stop.abort();
  await running;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
