import type { FaultIr } from '@istio-ts/mesh-ir';
import { commonFault, durationFromMs, fault, packAny, type google } from '@istio-ts/xds-types';
import { fractionalPercent } from '../fraction.js';

/** What a route does wrong on purpose. */
export function faultPolicy(ir: FaultIr): google.Any {
  return packAny(fault.HTTPFault, fault.HTTPFault.create({ delay: delay(ir), abort: abort(ir) }));
}

function delay({ delay: ir }: FaultIr): commonFault.FaultDelay | undefined {
  if (ir === undefined) return undefined;
  return commonFault.FaultDelay.create({
    faultDelaySecifier: { $case: 'fixedDelay', value: durationFromMs(ir.fixedMs) },
    percentage: fractionalPercent(ir.percent),
  });
}

function abort({ abort: ir }: FaultIr): fault.FaultAbort | undefined {
  if (ir === undefined) return undefined;
  return fault.FaultAbort.create({
    errorType:
      ir.status.kind === 'http'
        ? { $case: 'httpStatus', value: ir.status.code }
        : { $case: 'grpcStatus', value: ir.status.code },
    percentage: fractionalPercent(ir.percent),
  });
}
