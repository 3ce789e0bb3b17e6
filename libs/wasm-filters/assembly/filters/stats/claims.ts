import { NO_PRINCIPAL } from './principal';
import { Reporter, SeriesKey } from './series-key';
import { isClaimedService, NO_SERVICE } from './service';
import { UNKNOWN_WORKLOAD } from './workload';

/**
 * Labels that rest on the word of a caller alone: a service that only a host header names, a workload that a client
 * without a certificate says it is. A caller can make up any number of them, so they get a share of the table of their own.
 */

export function restsOnClaims(key: SeriesKey): bool {
  return isClaimedService(key.service) || isClaimedPeer(key);
}

/** What is left when nobody is believed. */
export function dropClaims(key: SeriesKey): void {
  if (isClaimedService(key.service)) key.service = NO_SERVICE;
  if (isClaimedPeer(key)) key.peer = UNKNOWN_WORKLOAD;
}

function isClaimedPeer(key: SeriesKey): bool {
  return (
    key.reporter == Reporter.Destination &&
    key.peer != UNKNOWN_WORKLOAD &&
    key.sourcePrincipal == NO_PRINCIPAL
  );
}
