import { Command, InvalidArgumentError } from 'commander';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { ProxyRole } from '../agent-settings.js';
import { runProxyAgent } from '../proxy-agent.js';
import { proxyMetadata, resolveProxyConfig } from '../pod/proxy-config.js';
import { podFiles } from '../pod/pod-paths.js';
import { readOptional } from '../read-file.js';
import { systemClock } from '../system-clock.js';
import type { CommandContext } from './command-context.js';
import { openEnvoyStdout } from './envoy-stdout.js';
import { createAgentLogger, parseLogLevels } from './text-logger.js';

interface ProxyFlags {
  readonly domain?: string;
  readonly serviceCluster?: string;
  readonly proxyLogLevel: string;
  readonly proxyComponentLogLevel: string;
  readonly concurrency?: number;
  readonly outlierLogPath?: string;
  readonly meshConfig?: string;
  readonly log_output_level: string;
  readonly log_as_json?: boolean;
}

/** `pilot-agent proxy sidecar|router`: runs until SIGTERM or SIGINT. */
export function createProxyCommand(context: CommandContext): Command {
  return new Command('proxy')
    .description('run Envoy with its certificate, configuration, health and metrics')
    .argument('[role]', 'sidecar or router', parseRole, 'sidecar')
    .option('--domain <domain>', 'DNS domain of the proxy (default: <namespace>.svc.cluster.local)')
    .option('--serviceCluster <name>', "name of the service cluster (default: from the pod's labels)")
    .option('--proxyLogLevel <level>', "Envoy's log level", 'warning')
    .option('--proxyComponentLogLevel <levels>', "log levels of Envoy's components", 'misc:error')
    .option('--concurrency <threads>', 'worker threads, 0 for one per core', parseThreads)
    .option('--outlierLogPath <path>', 'where Envoy logs ejected endpoints')
    .option('--meshConfig <path>', 'MeshConfig file (default: etc/istio/config/mesh)')
    .option('--log_output_level <levels>', 'log levels of the agent, <scope>:<level>,…', 'default:info')
    .option('--log_as_json', 'log JSON')
    .action((role: ProxyRole, flags: ProxyFlags) => runProxy(context, role, flags));
}

async function runProxy(context: CommandContext, role: ProxyRole, flags: ProxyFlags): Promise<void> {
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort());
  const stdout = await openEnvoyStdout(context.writeOut);
  const logger = createAgentLogger({
    levels: parseLogLevels(flags.log_output_level),
    asJson: flags.log_as_json ?? false,
    write: context.writeErr,
  });
  try {
    await runProxyAgent(
      {
        role,
        root: '.',
        env: await withProxyMetadata(context.env, flags.meshConfig ?? podFiles.mesh),
        flags: { ...flags, meshConfigFile: flags.meshConfig },
        wasm: context.wasm,
        clock: systemClock,
        random: Math.random,
        logger,
        onEnvoyLog: (line) => context.writeErr(`${line}\n`),
        envoyStdout: stdout.target,
      },
      stop.signal,
    );
  } finally {
    await stdout.close();
  }
}

/** ProxyConfig's `proxyMetadata` is environment of the agent; where the platform has not set it, it is read here. */
async function withProxyMetadata(
  env: CommandContext['env'],
  meshFile: string,
): Promise<CommandContext['env']> {
  const mesh = await readOptional(meshFile);
  return { ...proxyMetadata(resolveProxyConfig({ mesh, overlay: env['PROXY_CONFIG'] })), ...env };
}

function parseRole(text: string): ProxyRole {
  if (text === 'sidecar' || text === 'router') return text;
  throw new InvalidArgumentError('use sidecar or router');
}

function parseThreads(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new MeshError(MeshErrorCode.Usage, `--concurrency is "${text}": expected a number of threads`);
}
