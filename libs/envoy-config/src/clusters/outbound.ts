import { outboundClusterName, type OutboundClusterIr } from '@istio-ts/mesh-ir';
import { cluster, core, durationFromMs } from '@istio-ts/xds-types';
import { circuitBreakers } from './circuit-breaker.js';
import { clusterDiscovery, isHostProvided } from './discovery.js';
import { httpOptions } from './http-options.js';
import { commonLbConfig, loadBalancing } from './load-balancing.js';
import { outboundMetadata } from './metadata.js';
import { outlierDetection } from './outlier-detection.js';
import { statName } from './stat-name.js';
import { clusterTls } from './tls.js';

export function outboundCluster(ir: OutboundClusterIr): cluster.Cluster | undefined {
  const { discovery, policy } = ir;
  if ('endpoints' in discovery && discovery.endpoints.localities.length === 0) return undefined;
  const name = outboundClusterName(ir.host, ir.port, ir.subset);
  return cluster.Cluster.create({
    name,
    altStatName: statName(name),
    connectTimeout: durationFromMs(policy.connectTimeoutMs),
    ...clusterDiscovery(ir, name),
    ...loadBalancing(policy.loadBalancing, isHostProvided(ir)),
    commonLbConfig: commonLbConfig(ir),
    circuitBreakers: circuitBreakers(policy.circuitBreaker),
    outlierDetection: outlierDetection(policy.outlierDetection),
    upstreamConnectionOptions: connectionOptions(ir),
    typedExtensionProtocolOptions: httpOptions({
      protocol: ir.protocol,
      pool: policy.http,
      maxConnectionDurationMs: policy.maxConnectionDurationMs,
      tls: ir.tls,
      namedByCalls: ir.discovery.kind === 'dynamic-dns',
    }),
    metadata: outboundMetadata(ir),
    ...clusterTls(ir),
  });
}

function connectionOptions({
  policy: { tcpKeepalive },
}: OutboundClusterIr): cluster.UpstreamConnectionOptions | undefined {
  if (tcpKeepalive === undefined) return undefined;
  return cluster.UpstreamConnectionOptions.create({
    tcpKeepalive: core.TcpKeepalive.create({
      keepaliveProbes: tcpKeepalive.probes,
      keepaliveTime: wholeSeconds(tcpKeepalive.timeMs),
      keepaliveInterval: wholeSeconds(tcpKeepalive.intervalMs),
    }),
  });
}

/** The kernel counts in seconds. */
function wholeSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.max(1, Math.round(ms / 1000));
}
