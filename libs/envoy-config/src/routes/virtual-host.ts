import { memo } from '@istio-ts/foundation';
import type { VirtualHostIr } from '@istio-ts/mesh-ir';
import { route } from '@istio-ts/xds-types';
import { originRefs } from '../origins.js';
import { routeMessage } from './route.js';

/** An encoded virtual host, and the user's objects in it. */
export interface VirtualHostFragment {
  readonly bytes: Uint8Array;
  readonly origins: readonly string[];
}

export const virtualHostFragment = memo((ir: VirtualHostIr): VirtualHostFragment => ({
  bytes: route.VirtualHost.encode(virtualHost(ir)).finish(),
  origins: originRefs(ir.routes.map(({ origin }) => origin)),
}));

/** Attempts are counted for the upstream's eyes: `x-envoy-attempt-count`. */
function virtualHost(ir: VirtualHostIr): route.VirtualHost {
  return route.VirtualHost.create({
    name: ir.name,
    domains: ir.domains,
    routes: ir.routes.map(routeMessage),
    requireTls: ir.requireTls
      ? route.VirtualHost_TlsRequirementType.ALL
      : route.VirtualHost_TlsRequirementType.NONE,
    includeRequestAttemptCount: true,
  });
}
