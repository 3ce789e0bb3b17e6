import type { Place } from '../place.js';

export const unixPrefix = 'unix://';

/** `unix:///absolute/path` or `unix://@name`; the caller has seen the prefix. */
export function checkUnixAddress(address: string, place: Place): void {
  const path = address.slice(unixPrefix.length);
  if (path.startsWith('@')) return;
  if (!path.startsWith('/')) place.error('must be an absolute path, or begin with "@"');
  else if (path.endsWith('/')) place.error('must be a socket, not a folder');
}
