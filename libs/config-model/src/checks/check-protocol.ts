import type { Place } from '../place.js';
import { parseProtocol, protocols } from '../naming/port-protocol.js';
import { suggest } from '../nearest-name.js';

/** The protocol of a port; none means: to be found out. */
export function checkProtocol(protocol: string | undefined, place: Place): void {
  if (protocol === undefined || protocol === '' || parseProtocol(protocol) !== 'Unsupported') return;
  place.error(`${JSON.stringify(protocol)} is not a protocol${suggest(protocol, protocols)}`);
}
