import { Command } from 'commander';
import type { CaptureBackend } from '../capture/capture-backend.js';
import {
  readAccount,
  readInterface,
  readList,
  readMode,
  readPort,
  readRange,
  readSelection,
  type CaptureConfig,
  type ProxyIdentity,
} from '../capture/capture-config.js';
import { iptablesBackend } from '../capture/iptables-backend.js';
import { nftablesBackend } from '../capture/nftables-backend.js';
import { presentFamilies } from '../capture/present-families.js';
import type { Environment } from '../pod/pod-environment.js';
import type { CommandContext } from './command-context.js';

interface IptablesFlags {
  readonly envoyPort: string;
  readonly inboundCapturePort: string;
  readonly inboundTunnelPort: string;
  readonly proxyUid: string;
  readonly proxyGid?: string;
  readonly socketMark?: string;
  readonly istioInboundInterceptionMode: string;
  readonly istioInboundTproxyMark: string;
  readonly istioInboundTproxyRouteTable: string;
  readonly istioInboundPorts: string;
  readonly istioLocalExcludePorts: string;
  readonly istioServiceCidr: string;
  readonly istioServiceExcludeCidr: string;
  readonly istioOutboundPorts: string;
  readonly istioLocalOutboundPortsExclude: string;
  readonly kubeVirtInterfaces: string;
  readonly istioExcludeInterfaces: string;
  readonly dropInvalid?: boolean;
  readonly nativeNftables?: boolean;
  readonly dryRun?: boolean;
}

/** `pilot-agent istio-iptables`: puts the capture rules of a pod in place. */
export function createIptablesCommand(context: CommandContext): Command {
  return withCaptureFlags(new Command('istio-iptables'))
    .description('put the capture rules in place, in the network namespace that it runs in')
    .action(async (flags: IptablesFlags) => {
      const config = readCaptureFlags(flags, context.env);
      const { render, apply } = backendOf(flags);
      if (flags.dryRun === true) context.writeOut(render(config, presentFamilies()));
      else await apply(config, presentFamilies());
    });
}

/** `pilot-agent istio-clean-iptables`: takes them away. */
export function createCleanIptablesCommand(context: CommandContext): Command {
  return withCaptureFlags(new Command('istio-clean-iptables'))
    .description('take the capture rules away')
    .action(async (flags: IptablesFlags) => {
      const config = readCaptureFlags(flags, context.env);
      if (flags.dryRun !== true) await backendOf(flags).clean(config, presentFamilies());
    });
}

function backendOf({ nativeNftables }: IptablesFlags): CaptureBackend {
  return nativeNftables === true ? nftablesBackend : iptablesBackend;
}

/** The configuration that the command's arguments and environment mean. */
export function parseCaptureArguments(args: readonly string[], env: Environment): CaptureConfig {
  const command = withCaptureFlags(new Command()).parse([...args], { from: 'user' });
  return readCaptureFlags(command.opts<IptablesFlags>(), env);
}

function withCaptureFlags(command: Command): Command {
  return command
    .option('-p, --envoy-port <port>', 'port of the outbound listener', '15001')
    .option('-z, --inbound-capture-port <port>', 'port of the inbound listener', '15006')
    .option('-e, --inbound-tunnel-port <port>', 'inbound port that is not captured', '15008')
    .option('-u, --proxy-uid <uids>', "users whose traffic is the proxy's own", '1337')
    .option('-g, --proxy-gid <gids>', "groups whose traffic is the proxy's own (default: as the users)")
    .option('--socket-mark <mark>', "mark of the proxy's sockets, instead of users and groups")
    .option('-m, --istio-inbound-interception-mode <mode>', 'REDIRECT or TPROXY', 'REDIRECT')
    .option('-t, --istio-inbound-tproxy-mark <mark>', 'mark of packets for TPROXY', '1337')
    .option('-r, --istio-inbound-tproxy-route-table <table>', 'routing table for TPROXY', '133')
    .option('-b, --istio-inbound-ports <ports>', 'inbound ports to capture, * for all', '')
    .option('-d, --istio-local-exclude-ports <ports>', 'inbound ports not to capture, with *', '')
    .option('-i, --istio-service-cidr <ranges>', 'outbound ranges to capture, * for all', '')
    .option('-x, --istio-service-exclude-cidr <ranges>', 'outbound ranges not to capture', '')
    .option('-q, --istio-outbound-ports <ports>', 'outbound ports to capture whatever the address', '')
    .option('-o, --istio-local-outbound-ports-exclude <ports>', 'outbound ports not to capture', '')
    .option('-k, --kube-virt-interfaces <names>', 'interfaces of virtual machines in the pod', '')
    .option('-c, --istio-exclude-interfaces <names>', 'interfaces left alone', '')
    .option('--drop-invalid', 'drop packets that belong to no connection')
    .option('--native-nftables', 'rules for nft, not for iptables')
    .option('-n, --dry-run', 'print what would be given to iptables-restore or nft');
}

function readCaptureFlags(flags: IptablesFlags, env: Environment): CaptureConfig {
  return {
    outboundPort: readPort(flags.envoyPort),
    inboundPort: readPort(flags.inboundCapturePort),
    tunnelPort: readPort(flags.inboundTunnelPort),
    proxy: readProxyIdentity(flags),
    mode: readMode(flags.istioInboundInterceptionMode),
    tproxyMark: Number(flags.istioInboundTproxyMark),
    tproxyRouteTable: Number(flags.istioInboundTproxyRouteTable),
    inboundPorts: readSelection(flags.istioInboundPorts, readPort),
    excludedInboundPorts: readList(flags.istioLocalExcludePorts).map(readPort),
    outboundRanges: readSelection(flags.istioServiceCidr, readRange),
    excludedOutboundRanges: readList(flags.istioServiceExcludeCidr).map(readRange),
    outboundPorts: readList(flags.istioOutboundPorts).map(readPort),
    excludedOutboundPorts: readList(flags.istioLocalOutboundPortsExclude).map(readPort),
    ownerGroups: readSelection(env['ISTIO_OUTBOUND_OWNER_GROUPS'] ?? '*', readAccount),
    excludedOwnerGroups: readList(env['ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE'] ?? '').map(readAccount),
    virtualInterfaces: readList(flags.kubeVirtInterfaces).map(readInterface),
    excludedInterfaces: readList(flags.istioExcludeInterfaces).map(readInterface),
    loopbackRange: readRange(env['ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR'] ?? '127.0.0.1/32'),
    dropInvalid: flags.dropInvalid ?? false,
  };
}

function readProxyIdentity({ proxyUid, proxyGid = proxyUid, socketMark }: IptablesFlags): ProxyIdentity {
  if (socketMark !== undefined) return { kind: 'mark', mark: Number(socketMark) };
  return {
    kind: 'owner',
    uids: readList(proxyUid).map(readAccount),
    gids: readList(proxyGid).map(readAccount),
  };
}
