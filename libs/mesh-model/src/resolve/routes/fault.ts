import { grpcStatuses, type HttpFaultInjection } from '@istio-ts/config-model';
import type { FaultIr, FaultStatusIr } from '@istio-ts/mesh-ir';
import { durationMs } from '../traffic-policy.js';

export function resolveFault(written: HttpFaultInjection | undefined): FaultIr | undefined {
  const delay = delayOf(written?.delay);
  const abort = abortOf(written?.abort);
  return delay === undefined && abort === undefined ? undefined : { delay, abort };
}

function delayOf(written: HttpFaultInjection['delay']): FaultIr['delay'] {
  const fixedMs = durationMs(written?.fixedDelay);
  if (written === undefined || fixedMs === undefined) return undefined;
  return { fixedMs, percent: written.percentage?.value ?? written.percent ?? 0 };
}

/** Without a percentage no request is aborted, as none is delayed. */
function abortOf(written: HttpFaultInjection['abort']): FaultIr['abort'] {
  const status = written && statusOf(written);
  return status && { status, percent: written.percentage?.value ?? 0 };
}

function statusOf(written: NonNullable<HttpFaultInjection['abort']>): FaultStatusIr | undefined {
  if (written.httpStatus !== undefined) return { kind: 'http', code: written.httpStatus };
  if (written.grpcStatus === undefined) return undefined;
  const code = grpcStatuses.indexOf(written.grpcStatus);
  return code === -1 ? undefined : { kind: 'grpc', code };
}
