import type { RouteActionIr, RouteIr } from '@istio-ts/mesh-ir';
import { route, type google } from '@istio-ts/xds-types';
import { alpnOverride } from '../filters/alpn.js';
import { corsPolicy } from '../filters/cors.js';
import { faultPolicy } from '../filters/fault.js';
import { filterNames } from '../filters/filter-names.js';
import { configMetadata } from '../metadata.js';
import { directResponse } from './direct-response.js';
import { forward, sharedAlpn } from './forward.js';
import { requestHeaders, responseHeaders } from './headers.js';
import { routeMatch } from './match.js';
import { redirect } from './redirect.js';

export function routeMessage(ir: RouteIr): route.Route {
  return route.Route.create({
    name: ir.name,
    match: routeMatch(ir.match),
    action: routeAction(ir.action, ir.requestHeaders?.host),
    decorator: route.Decorator.create({ operation: ir.decorator }),
    metadata: configMetadata(ir.origin),
    typedPerFilterConfig: filterConfigs(ir),
    ...requestHeaders(ir.requestHeaders),
    ...responseHeaders(ir.responseHeaders),
  });
}

/** @param host what a header change of `Host` makes of it */
function routeAction(ir: RouteActionIr, host: string | undefined): NonNullable<route.Route['action']> {
  switch (ir.kind) {
    case 'forward':
      return { $case: 'route', value: forward(ir, host) };
    case 'redirect':
      return { $case: 'redirect', value: redirect(ir) };
    case 'direct-response':
      return { $case: 'directResponse', value: directResponse(ir) };
  }
}

function filterConfigs({ action, fault, cors }: RouteIr): Record<string, google.Any> {
  const configs: Record<string, google.Any> = {};
  if (fault !== undefined) configs[filterNames.fault] = faultPolicy(fault);
  if (cors !== undefined) configs[filterNames.cors] = corsPolicy(cors);
  const alpn = action.kind === 'forward' ? alpnOverride(sharedAlpn(action)) : undefined;
  if (alpn !== undefined) configs[filterNames.alpn] = alpn;
  return configs;
}
