import type { TextMatchIr } from '@istio-ts/mesh-ir';
import { matcher } from '@istio-ts/xds-types';

export function regex(pattern: string): matcher.RegexMatcher {
  return matcher.RegexMatcher.create({ regex: pattern });
}

/** Presence has no matcher of text: whoever may meet it asks first. */
export function stringMatcher(
  match: Exclude<TextMatchIr, { readonly kind: 'present' }>,
  ignoreCase = false,
): matcher.StringMatcher {
  const matchPattern =
    match.kind === 'regex'
      ? ({ $case: 'safeRegex', value: regex(match.value) } as const)
      : ({ $case: match.kind, value: match.value } as const);
  return matcher.StringMatcher.create({ matchPattern, ignoreCase: ignoreCase && match.kind !== 'regex' });
}
