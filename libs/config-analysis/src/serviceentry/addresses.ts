import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';

/** With one of these, and DNS in their hands, the proxies give hosts without addresses some of their own. */
const allocation = ['PILOT_ENABLE_IP_AUTOALLOCATE', 'ISTIO_META_DNS_AUTO_ALLOCATE'] as const;

export const serviceEntryAnalyzer = defineAnalyzer({
  name: 'serviceentry.Analyzer',
  summary: 'ServiceEntries for plain TCP have addresses',
  each: ['ServiceEntry'],
  analyze: (entry, world) => {
    const { addresses = [], ports = [] } = entry.spec;
    if (addresses.length > 0 || hasAllocatedAddress(entry) || allocatesAddresses(world)) return [];
    return ports.flatMap(({ protocol = '' }, index) =>
      ['', 'TCP'].includes(protocol.toUpperCase())
        ? [finding('ServiceEntryAddressesRequired', entry, {}, ['spec', 'ports', index])]
        : [],
    );
  },
});

function hasAllocatedAddress({ status }: ObjectOf<'ServiceEntry'>): boolean {
  return (status?.addresses ?? []).length > 0;
}

function allocatesAddresses(world: World): boolean {
  const { proxyMetadata = {} } = world.meshConfig().defaultConfig;
  if (proxyMetadata['ISTIO_META_DNS_CAPTURE'] !== 'true') return false;
  return allocation.some((name) => proxyMetadata[name] === 'true');
}
