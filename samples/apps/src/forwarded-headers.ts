import type { IncomingHttpHeaders } from 'node:http';

/**
 * The headers that an application hands on to the services it calls: everything beginning with `x-` (trace context,
 * request id, cohort headers) and the caller's `authorization`. A mesh cannot do this for it: only the application knows
 * which incoming call an outgoing one belongs to.
 */
export function forwardedHeaders(incoming: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const forwarded: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming)) {
    if (typeof value === 'string' && (name.startsWith('x-') || name === 'authorization'))
      forwarded[name] = value;
  }
  return forwarded;
}
