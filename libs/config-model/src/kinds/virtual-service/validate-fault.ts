import type { Place } from '../../place.js';
import { checkDuration, checkPercent } from '../../checks/check-number.js';
import { suggest } from '../../nearest-name.js';
import { grpcStatuses } from './grpc-statuses.js';
import type { HttpFaultInjection } from './spec.js';

export function validateFault({ delay, abort }: HttpFaultInjection, place: Place): void {
  if (delay === undefined && abort === undefined) place.error('needs delay or abort');
  if (delay) validateDelay(delay, place.at('delay'));
  if (abort) validateAbort(abort, place.at('abort'));
}

function validateDelay(delay: NonNullable<HttpFaultInjection['delay']>, place: Place): void {
  if (delay.fixedDelay === undefined && delay.exponentialDelay === undefined)
    place.at('fixedDelay').error('is required');
  checkDuration(delay.fixedDelay, place.at('fixedDelay'));
  checkDuration(delay.exponentialDelay, place.at('exponentialDelay'));
  checkPercent(delay.percent, place.at('percent'));
  checkPercent(delay.percentage?.value, place.at('percentage', 'value'));
}

function validateAbort(
  { httpStatus, grpcStatus, percentage }: NonNullable<HttpFaultInjection['abort']>,
  place: Place,
): void {
  if (httpStatus !== undefined && (httpStatus < 200 || httpStatus > 600)) {
    place.at('httpStatus').error(`${httpStatus} is not between 200 and 600`);
  }
  if (grpcStatus !== undefined && !grpcStatuses.includes(grpcStatus)) {
    place
      .at('grpcStatus')
      .error(`${JSON.stringify(grpcStatus)} is no gRPC status${suggest(grpcStatus, grpcStatuses)}`);
  }
  checkPercent(percentage?.value, place.at('percentage', 'value'));
}
