import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { Command } from 'commander';
import { istioVersion } from '../bootstrap/write-bootstrap.js';
import { MeshError } from '@istio-ts/foundation';
import { pinnedEnvoyVersion } from '../envoy/envoy-version.js';
import type { CommandContext } from './command-context.js';
import { createCleanIptablesCommand, createIptablesCommand } from './iptables-command.js';
import { createProxyCommand } from './proxy-command.js';
import { createRequestCommand } from './request-command.js';
import { createWaitCommand } from './wait-command.js';

/**
 * The program `pilot-agent`. Arguments are those after the program's name; returns the exit status. A failure is one
 * line on standard error that says what to do.
 */
export async function runPilotAgent(args: readonly string[], context: CommandContext): Promise<number> {
  // What grpc-js has to say reaches the user through our own messages.
  setLogVerbosity(logVerbosity.NONE);
  try {
    await createProgram(context).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    context.writeErr(`pilot-agent: ${MeshError.from(error).message}\n`);
    return 1;
  }
}

function createProgram(context: CommandContext): Command {
  const version = new Command('version').description('print the version').action(() => {
    context.writeOut(`version ${istioVersion} (istio-ts, Envoy ${pinnedEnvoyVersion})\n`);
  });
  return new Command('pilot-agent')
    .description('the agent beside a workload: runs and feeds one Envoy')
    .addCommand(createProxyCommand(context))
    .addCommand(createRequestCommand(context))
    .addCommand(createWaitCommand(context))
    .addCommand(createIptablesCommand(context))
    .addCommand(createCleanIptablesCommand(context))
    .addCommand(version);
}
