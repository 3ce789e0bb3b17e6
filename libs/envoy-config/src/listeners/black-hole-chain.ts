import { memo } from '@istio-ts/foundation';
import { blackHoleCluster, type HttpSettingsIr } from '@istio-ts/mesh-ir';
import { listener } from '@istio-ts/xds-types';
import { encodeChain } from './chain.js';
import { routeTo, tcpProxyFilter } from './network-filters.js';

/** A call to a capture port itself would come back to it for ever: it ends here. */
export const blackHoleChain = memo(
  (settings: HttpSettingsIr, name: string, capturePort: number): Uint8Array =>
    encodeChain({
      name,
      filterChainMatch: listener.FilterChainMatch.create({ destinationPort: capturePort }),
      filters: [tcpProxyFilter(settings, routeTo(blackHoleCluster))],
    }),
);
