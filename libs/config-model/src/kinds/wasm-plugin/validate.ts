import type { Place } from '../../place.js';
import { checkPolicyTarget } from '../../checks/check-policy-target.js';
import type { WasmModule } from './module.js';
import type { WasmPluginSpec } from './spec.js';

/** What would make a WasmPlugin impossible to load. */
export function validateWasmPlugin(spec: WasmPluginSpec, place: Place): void {
  checkPolicyTarget(spec, place);
  validateWasmModule(spec, place);
}

const schemes = ['http', 'https', 'file', 'oci'];

export function validateWasmModule({ url, vmConfig }: WasmModule, place: Place): void {
  const scheme = /^([a-zA-Z][-+.a-zA-Z0-9]*):\/\//u.exec(url)?.[1]?.toLowerCase();
  if (url === '') place.at('url').error('is required');
  else if (scheme !== undefined && !schemes.includes(scheme))
    place.at('url').error(`${scheme} is not supported; use ${schemes.join(', ')}, or the name of an image`);
  else if (!URL.canParse(scheme === undefined ? `http://${url}` : url))
    place.at('url').error(`${JSON.stringify(url)} is not a URL`);
  for (const [index, { valueFrom, value = '' }] of (vmConfig?.env ?? []).entries()) {
    if (valueFrom === 'HOST' && value !== '')
      place
        .at('vmConfig', 'env', index, 'value')
        .error('must not be set where the value comes from the host');
  }
}
