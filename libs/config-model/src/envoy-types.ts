import type { JsonObject } from './schema/builders.js';

/** Something in a value that a message of Envoy's does not take, or takes and should not be given. */
export interface EnvoyFault {
  readonly path: readonly (string | number)[];
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/**
 * Holds a value against one of Envoy's message types, by its full name. Passed in, since this library knows nothing of
 * Envoy: `checkJson` of `@istio-ts/xds-types/json` is one. `partial`: the value is merged into a message, not a whole one.
 */
export type CheckEnvoyValue = (
  messageName: string,
  value: JsonObject,
  options: { readonly partial: boolean },
) => readonly EnvoyFault[];
