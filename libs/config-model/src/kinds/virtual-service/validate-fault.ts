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
  checkDuration(delay.fixedDelay, place.at('fixedDelay'));
  if (delay.exponentialDelay !== undefined)
    place.at('exponentialDelay').error('is not carried out by any version; use fixedDelay');
  checkPercent(delay.percent, place.at('percent'));
  checkFraction(delay.percentage?.value, place.at('percentage', 'value'));
}

function validateAbort(
  { httpStatus, grpcStatus, http2Error, percentage }: NonNullable<HttpFaultInjection['abort']>,
  place: Place,
): void {
  if ((httpStatus ?? grpcStatus ?? http2Error) === undefined)
    place.warning('does nothing without httpStatus or grpcStatus');
  if (http2Error !== undefined)
    place.at('http2Error').error('is not carried out by any version; use httpStatus or grpcStatus');
  if (httpStatus !== undefined && (httpStatus < 200 || httpStatus > 600)) {
    place.at('httpStatus').error(`${httpStatus} is not between 200 and 600`);
  }
  if (grpcStatus !== undefined && !grpcStatuses.includes(grpcStatus)) {
    place
      .at('grpcStatus')
      .error(`${JSON.stringify(grpcStatus)} is no gRPC status${suggest(grpcStatus, grpcStatuses)}`);
  }
  checkFraction(percentage?.value, place.at('percentage', 'value'));
}

/** Envoy counts in millionths: what is less than 0.0001 % would be none. */
const leastPercent = 0.0001;

function checkFraction(percent: number | undefined, place: Place): void {
  checkPercent(percent, place);
  if (percent !== undefined && percent > 0 && percent < leastPercent)
    place.error(`${percent} is less than ${leastPercent}, the least that can be`);
}
