import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';

/** With one of these the proxies give such hosts addresses of their own. */
const allocation = ['PILOT_ENABLE_IP_AUTOALLOCATE', 'ISTIO_META_DNS_AUTO_ALLOCATE'] as const;

export const serviceEntryAnalyzer = defineAnalyzer({
  name: 'serviceentry.Analyzer',
  summary: 'ServiceEntries for plain TCP have addresses',
  each: ['ServiceEntry'],
  analyze: (entry, world) => {
    const { addresses = [], ports = [] } = entry.spec;
    const { proxyMetadata = {} } = world.meshConfig().defaultConfig;
    if (addresses.length > 0 || allocation.some((name) => proxyMetadata[name] === 'true')) return [];
    return ports.flatMap(({ protocol = '' }, index) =>
      ['', 'TCP'].includes(protocol.toUpperCase())
        ? [finding('ServiceEntryAddressesRequired', entry, {}, ['spec', 'ports', index])]
        : [],
    );
  },
});
