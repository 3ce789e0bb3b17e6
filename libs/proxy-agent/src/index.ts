export type { AgentFlags, ProxyRole } from './agent-settings.js';
export { runProxyAgent, type ProxyAgentOptions } from './proxy-agent.js';
export type { RelayInterceptor, ResponseRewriter, TypeOwner } from './relay/relay-interceptor.js';
export { systemClock } from './system-clock.js';
export type { CommandContext } from './command/command-context.js';
export { runPilotAgent } from './command/pilot-agent.js';
