import { hcm, listener, packAny, type route } from '@istio-ts/xds-types';
import { filterNames } from '../filters/filter-names.js';
import { connectionManagerOf } from './emitted.js';

/**
 * The listener with one chain, that of `base` with these routes in its connection manager: a static configuration has no
 * RDS.
 */
export function withRoutes(base: listener.Listener, routes: route.RouteConfiguration): listener.Listener {
  const manager = hcm.HttpConnectionManager.create({
    ...connectionManagerOf(base.filterChains[0]),
    routeSpecifier: { $case: 'routeConfig', value: routes },
  });
  const filter = listener.Filter.create({
    name: filterNames.connectionManager,
    configType: { $case: 'typedConfig', value: packAny(hcm.HttpConnectionManager, manager) },
  });
  return listener.Listener.create({
    name: base.name,
    address: base.address,
    bindToPort: base.bindToPort,
    filterChains: [listener.FilterChain.create({ filters: [filter] })],
  });
}
