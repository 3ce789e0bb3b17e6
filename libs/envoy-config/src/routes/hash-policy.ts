import type { HashKeyIr } from '@istio-ts/mesh-ir';
import { durationFromMs, route } from '@istio-ts/xds-types';

export function hashPolicy(ir: HashKeyIr): route.RouteAction_HashPolicy {
  return route.RouteAction_HashPolicy.create({ policySpecifier: policySpecifier(ir) });
}

function policySpecifier(ir: HashKeyIr): NonNullable<route.RouteAction_HashPolicy['policySpecifier']> {
  switch (ir.kind) {
    case 'header':
      return {
        $case: 'header',
        value: route.RouteAction_HashPolicy_Header.create({ headerName: ir.name }),
      };
    case 'cookie':
      return {
        $case: 'cookie',
        value: route.RouteAction_HashPolicy_Cookie.create({
          name: ir.name,
          path: ir.path,
          // With a lifetime, 0 among them, Envoy makes the cookie where it is missing.
          ttl: ir.ttlMs === undefined ? undefined : durationFromMs(ir.ttlMs),
        }),
      };
    case 'source-ip':
      return {
        $case: 'connectionProperties',
        value: route.RouteAction_HashPolicy_ConnectionProperties.create({ sourceIp: true }),
      };
    case 'query-parameter':
      return {
        $case: 'queryParameter',
        value: route.RouteAction_HashPolicy_QueryParameter.create({ name: ir.name }),
      };
  }
}
