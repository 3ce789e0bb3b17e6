import type { Place } from '../../place.js';
import type { ValidationOptions } from '../../validation-options.js';
import { checkPolicyTarget } from '../../checks/check-policy-target.js';
import { checkDuration } from '../../checks/check-number.js';
import type {
  CustomTag,
  MetricsOverride,
  ProviderRef,
  TelemetryMetrics,
  TelemetrySpec,
  TelemetryTracing,
} from './spec.js';

/** What would make a Telemetry impossible or meaningless to carry out. */
export function validateTelemetry(spec: TelemetrySpec, { apiServer }: ValidationOptions, place: Place): void {
  const { tracing = [], metrics = [], accessLogging = [] } = spec;
  checkPolicyTarget(spec, place);
  if (tracing.length > 1)
    place.at('tracing').warning('has multiple tracing entries; only the first has an effect');
  for (const [index, each] of tracing.entries()) validateTracing(each, place.at('tracing', index));
  for (const [index, each] of metrics.entries()) validateMetrics(each, place.at('metrics', index));
  for (const [index, { providers = [], filter }] of accessLogging.entries()) {
    const at = place.at('accessLogging', index);
    checkProviders(providers, at.at('providers'));
    const fault = filter?.expression && apiServer?.expressionFault(filter.expression);
    if (fault) at.at('filter', 'expression').error(`is not an expression: ${fault}`);
  }
}

function checkProviders(providers: readonly ProviderRef[], place: Place): void {
  for (const [index, { name }] of providers.entries())
    if (name === '') place.at(index, 'name').error('is required');
}

function validateTracing({ providers = [], customTags = {} }: TelemetryTracing, place: Place): void {
  checkProviders(providers, place.at('providers'));
  if (providers.length > 1)
    place.at('providers').warning('has multiple providers; only the first has an effect');
  for (const [name, tag] of Object.entries(customTags)) {
    const at = place.at('customTags', name);
    if (name === '') at.error('the tag needs a name');
    validateTag(tag, at);
  }
}

function validateTag({ literal, environment, header, formatter }: CustomTag, place: Place): void {
  const sources = [literal?.value, environment?.name, header?.name, formatter?.value];
  const given = literal ?? environment ?? header ?? formatter;
  if (given !== undefined && !sources.some((source) => source))
    place.error('takes its value from nowhere: name or value is empty');
}

function validateMetrics(
  { providers = [], overrides = [], reportingInterval }: TelemetryMetrics,
  place: Place,
): void {
  checkProviders(providers, place.at('providers'));
  checkDuration(reportingInterval, place.at('reportingInterval'));
  for (const [index, override] of overrides.entries())
    validateOverride(override, place.at('overrides', index));
}

function validateOverride({ match, tagOverrides = {} }: MetricsOverride, place: Place): void {
  if (match?.customMetric === '') place.at('match', 'customMetric').error('is empty');
  for (const [name, { operation = 'UPSERT', value = '' }] of Object.entries(tagOverrides)) {
    const at = place.at('tagOverrides', name);
    if (name === '') at.warning('the tag has no name');
    if (operation === 'UPSERT' && value === '') at.at('value').error('is required for UPSERT');
    if (operation === 'REMOVE' && value !== '') at.at('value').error('must not be set for REMOVE');
  }
}
