import type { Place } from '../../place.js';
import { checkHeaderName } from '../../checks/check-header.js';
import { checkRegex } from '../../checks/check-regex.js';
import { checkDuration } from '../../checks/check-number.js';
import { parseDurationMs } from '../../naming/duration.js';
import { suggest } from '../../nearest-name.js';
import type { CorsPolicy } from './spec.js';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

export function validateCors(policy: CorsPolicy, place: Place): void {
  for (const [index, method] of (policy.allowMethods ?? []).entries()) {
    if (!methods.includes(method)) {
      place
        .at('allowMethods', index)
        .error(`${JSON.stringify(method)} is no HTTP method${suggest(method, methods)}`);
    }
  }
  for (const field of ['allowHeaders', 'exposeHeaders'] as const) {
    for (const [index, name] of (policy[field] ?? []).entries()) {
      if (name !== '*') checkHeaderName(name, place.at(field, index));
    }
  }
  for (const [index, { exact, prefix, regex }] of (policy.allowOrigins ?? []).entries()) {
    const at = place.at('allowOrigins', index);
    if (!exact && !prefix && !regex) at.error('needs a text in exact, prefix or regex');
    else if (regex) checkRegex(regex, at.at('regex'));
  }
  checkDuration(policy.maxAge, place.at('maxAge'));
  const maxAgeMs = policy.maxAge === undefined ? 0 : (parseDurationMs(policy.maxAge) ?? 0);
  if (maxAgeMs > 0 && maxAgeMs % 1_000 !== 0) {
    place.at('maxAge').error('browsers count in whole seconds; write it like 600s');
  }
}
