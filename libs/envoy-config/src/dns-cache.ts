import {
  caresDnsResolver,
  cluster,
  core,
  durationFromMs,
  dynamicForwardProxyCommon,
  packAny,
} from '@istio-ts/xds-types';

/** Envoy's own resolver; a bound on queries a socket keeps a lost one from blocking the rest. */
export const dnsResolver = core.TypedExtensionConfig.create({
  name: 'envoy.network.dns_resolver.cares',
  typedConfig: packAny(
    caresDnsResolver.CaresDnsResolverConfig,
    caresDnsResolver.CaresDnsResolverConfig.create({ udpMaxQueries: 100 }),
  ),
});

/**
 * What proxies know of hosts that calls name. Filters fill it and clusters read it, so there is one for all: Envoy takes
 * caches of one name for the same, and demands that they are set up alike.
 */
export function dnsCache(refreshMs: number): dynamicForwardProxyCommon.DnsCacheConfig {
  return dynamicForwardProxyCommon.DnsCacheConfig.create({
    name: 'dynamic_dns',
    dnsLookupFamily: cluster.Cluster_DnsLookupFamily.V4_ONLY,
    dnsRefreshRate: durationFromMs(refreshMs),
    typedDnsResolverConfig: dnsResolver,
  });
}
