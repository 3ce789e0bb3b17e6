import { dynamicForwardProxy, hcm, listener, packAny, sniDynamicForwardProxy } from '@istio-ts/xds-types';
import { dnsCache } from '../dns-cache.js';
import { filterNames } from './filter-names.js';

/** Looks up the host of requests whose route leads to a cluster that finds its hosts so; others it leaves alone. */
export function dynamicDnsHttpFilter(refreshMs: number): hcm.HttpFilter {
  const config = dynamicForwardProxy.FilterConfig.create({
    implementationSpecifier: { $case: 'dnsCacheConfig', value: dnsCache(refreshMs) },
  });
  return hcm.HttpFilter.create({
    name: filterNames.dynamicDns,
    configType: { $case: 'typedConfig', value: packAny(dynamicForwardProxy.FilterConfig, config) },
  });
}

/** Looks up the host that a TLS client asks for, at this port. */
export function dynamicDnsNetworkFilter(refreshMs: number, port: number): listener.Filter {
  const config = sniDynamicForwardProxy.FilterConfig.create({
    dnsCacheConfig: dnsCache(refreshMs),
    portSpecifier: { $case: 'portValue', value: port },
  });
  return listener.Filter.create({
    name: filterNames.sniDynamicDns,
    configType: { $case: 'typedConfig', value: packAny(sniDynamicForwardProxy.FilterConfig, config) },
  });
}
