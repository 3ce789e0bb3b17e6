import type { OutlierDetectionIr } from '@istio-ts/mesh-ir';
import { cluster, durationFromMs } from '@istio-ts/xds-types';

/**
 * Ejection by error counts only: by success rate is Envoy's default and off in Istio. A count of 0 switches its kind off.
 */
export function outlierDetection(ir: OutlierDetectionIr | undefined): cluster.OutlierDetection | undefined {
  if (ir === undefined) return undefined;
  return cluster.OutlierDetection.create({
    consecutive5xx: ir.consecutive5xx,
    enforcingConsecutive5xx: enforcing(ir.consecutive5xx),
    consecutiveGatewayFailure: ir.consecutiveGatewayErrors,
    enforcingConsecutiveGatewayFailure: enforcing(ir.consecutiveGatewayErrors),
    enforcingSuccessRate: 0,
    ...localOrigin(ir),
    interval: optionalMs(ir.intervalMs),
    baseEjectionTime: optionalMs(ir.baseEjectionTimeMs),
    maxEjectionPercent: ir.maxEjectionPercent,
  });
}

/** Failures before a response are counted on their own only where they are split off. */
function localOrigin(ir: OutlierDetectionIr): Partial<cluster.OutlierDetection> {
  if (!ir.splitExternalLocalOriginErrors) return {};
  return {
    splitExternalLocalOriginErrors: true,
    consecutiveLocalOriginFailure: ir.consecutiveLocalOriginFailures,
    enforcingConsecutiveLocalOriginFailure: enforcing(ir.consecutiveLocalOriginFailures),
    enforcingLocalOriginSuccessRate: 0,
  };
}

function enforcing(count: number | undefined): number | undefined {
  if (count === undefined) return undefined;
  return count > 0 ? 100 : 0;
}

function optionalMs(ms: number | undefined): cluster.OutlierDetection['interval'] {
  return ms === undefined ? undefined : durationFromMs(ms);
}
