import type { CircuitBreakerIr } from '@istio-ts/mesh-ir';
import { cluster } from '@istio-ts/xds-types';

/** Envoy's own limits (1024 of each) would cut busy services off; Istio has none unless a rule sets them. */
const unlimited = 4_294_967_295;

export function circuitBreakers(ir: CircuitBreakerIr): cluster.CircuitBreakers {
  return cluster.CircuitBreakers.create({
    thresholds: [
      cluster.CircuitBreakers_Thresholds.create({
        maxConnections: ir.maxConnections ?? unlimited,
        maxPendingRequests: ir.maxPendingRequests ?? unlimited,
        maxRequests: ir.maxRequests ?? unlimited,
        maxRetries: ir.maxRetries ?? unlimited,
      }),
    ],
  });
}

export const noLimits = circuitBreakers({
  maxConnections: undefined,
  maxPendingRequests: undefined,
  maxRequests: undefined,
  maxRetries: undefined,
});
