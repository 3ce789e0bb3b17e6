import { memo } from '@istio-ts/foundation';
import type { HttpSettingsIr } from '@istio-ts/mesh-ir';
import { cors, fault, grpcStats, grpcWeb, hcm, packAny, router, type google } from '@istio-ts/xds-types';
import type { Direction } from '../direction.js';
import { alpnFilter } from '../filters/alpn.js';
import { dynamicDnsHttpFilter } from '../filters/dynamic-dns.js';
import { filterNames } from '../filters/filter-names.js';
import { statsHttpFilter } from '../filters/stats.js';
import { orderHttpFilters } from '../stages.js';

/** What only some listeners need: never two of these on one. */
export type SpecialFilters = 'grpc-web' | 'dynamic-dns' | 'none';

/** The HTTP filters of a connection manager, in order. Faults and CORS do nothing until a route says so. */
export const httpFilters = memo(
  (settings: HttpSettingsIr, direction: Direction, special: SpecialFilters): readonly hcm.HttpFilter[] =>
    orderHttpFilters({
      [filterNames.stats]: settings.stats ? statsHttpFilter(direction) : undefined,
      [filterNames.grpcWeb]: special === 'grpc-web' ? grpcWebFilter : undefined,
      [filterNames.grpcStats]: grpcStatsFilter,
      [filterNames.alpn]: direction === 'inbound' ? undefined : alpnFilter,
      [filterNames.fault]: faultFilter,
      [filterNames.cors]: corsFilter,
      [filterNames.dynamicDns]:
        special === 'dynamic-dns' ? dynamicDnsHttpFilter(settings.dnsRefreshMs) : undefined,
      [filterNames.router]: routerFilter,
    }),
);

const grpcWebFilter = httpFilter(filterNames.grpcWeb, packAny(grpcWeb.GrpcWeb, grpcWeb.GrpcWeb.create()));

/** Message counts and status go to other filters by filter state; a statistic for each method would have no bound. */
const grpcStatsFilter = httpFilter(
  filterNames.grpcStats,
  packAny(
    grpcStats.FilterConfig,
    grpcStats.FilterConfig.create({
      emitFilterState: true,
      perMethodStatSpecifier: { $case: 'statsForAllMethods', value: false },
    }),
  ),
);

const faultFilter = httpFilter(filterNames.fault, packAny(fault.HTTPFault, fault.HTTPFault.create()));

const corsFilter = httpFilter(filterNames.cors, packAny(cors.Cors, cors.Cors.create()));

const routerFilter = httpFilter(filterNames.router, packAny(router.Router, router.Router.create()));

function httpFilter(name: string, config: google.Any): hcm.HttpFilter {
  return hcm.HttpFilter.create({ name, configType: { $case: 'typedConfig', value: config } });
}
