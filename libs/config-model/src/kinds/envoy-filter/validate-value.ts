import type { CheckEnvoyValue } from '../../envoy-types.js';
import type { Place } from '../../place.js';
import { patchedMessages } from './patched-messages.js';
import type { EnvoyConfigObjectPatch } from './spec.js';

/** Operations whose value is laid into what is there, and need not be whole. */
const merging: readonly unknown[] = ['MERGE', 'MERGE_AND_REPLACE_LIST', 'REMOVE'];

/** Holds a patch's value against the message that it is a part of. */
export function validateValue(
  { applyTo, patch }: EnvoyConfigObjectPatch,
  check: CheckEnvoyValue,
  place: Place,
): void {
  if (applyTo === undefined || applyTo === 'INVALID' || patch?.value === undefined) return;
  const partial = merging.includes(patch.operation);
  for (const { path, severity, message } of check(patchedMessages[applyTo], patch.value, { partial })) {
    const at = place.at(...path);
    if (severity === 'error') at.error(message);
    else at.warning(message);
  }
}
