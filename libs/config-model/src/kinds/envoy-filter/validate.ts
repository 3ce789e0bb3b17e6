import type { Place } from '../../place.js';
import { checkPolicyTarget } from '../../checks/check-policy-target.js';
import { checkSelector } from '../../checks/check-labels.js';
import { checkRegex } from '../../checks/check-regex.js';
import type { EnvoyConfigObjectPatch, EnvoyFilterSpec, EnvoyPatch, ProxyMatch } from './spec.js';
import type { ValidationOptions } from '../../validation-options.js';
import { validateObjectMatch } from './validate-match.js';
import { validateValue } from './validate-value.js';

/** What would make an EnvoyFilter impossible to apply; its values are judged where Envoy's types are passed in. */
export function validateEnvoyFilter(spec: EnvoyFilterSpec, options: ValidationOptions, place: Place): void {
  const { workloadSelector, targetRefs = [], configPatches = [] } = spec;
  place.warning(
    'patches what is generated, which may change with every version: use it where nothing else does',
  );
  if (workloadSelector && targetRefs.length > 0)
    place.error('only one of workloadSelector and targetRefs may be set');
  checkPolicyTarget({ targetRefs }, place);
  checkSelector(workloadSelector?.labels, place.at('workloadSelector', 'labels'));
  for (const [index, patch] of configPatches.entries())
    validatePatch(patch, options, place.at('configPatches', index));
}

function validatePatch(
  written: EnvoyConfigObjectPatch,
  { checkEnvoyValue }: ValidationOptions,
  place: Place,
): void {
  const { applyTo, match, patch } = written;
  if (applyTo === undefined || applyTo === 'INVALID') place.at('applyTo').error('is required');
  if (patch === undefined) place.at('patch').error('is required');
  else validateOperation(patch, place.at('patch'));
  if (checkEnvoyValue) validateValue(written, checkEnvoyValue, place.at('patch', 'value'));
  if (match === undefined) return;
  if (match.proxy) validateProxyMatch(match.proxy, place.at('match', 'proxy'));
  validateObjectMatch(applyTo ?? 'INVALID', match, place.at('match'));
}

function validateOperation({ operation, value }: EnvoyPatch, place: Place): void {
  if (operation === undefined || operation === 'INVALID') place.at('operation').error('is required');
  else if (operation !== 'REMOVE' && value === undefined)
    place.at('value').error(`is required for ${operation}`);
}

const longestPattern = 1024;

function validateProxyMatch({ proxyVersion = '' }: ProxyMatch, place: Place): void {
  const at = place.at('proxyVersion');
  if (proxyVersion.length > longestPattern)
    at.warning(`is longer than ${longestPattern} characters and is ignored`);
  else if (proxyVersion !== '') checkRegex(proxyVersion, at);
}
