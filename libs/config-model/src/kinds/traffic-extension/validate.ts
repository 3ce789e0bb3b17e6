import type { Place } from '../../place.js';
import { checkPolicyTarget } from '../../checks/check-policy-target.js';
import { validateWasmModule } from '../wasm-plugin/validate.js';
import type { TrafficExtensionSpec } from './spec.js';

/** What would make a TrafficExtension impossible to load. */
export function validateTrafficExtension(spec: TrafficExtensionSpec, place: Place): void {
  checkPolicyTarget(spec, place);
  if (spec.wasm === undefined && spec.lua === undefined) place.error('needs one of wasm and lua');
  if (spec.wasm) validateWasmModule(spec.wasm, place.at('wasm'));
}
