import type { matcher, route } from '@istio-ts/xds-types';

/** Whether a text fits; RE2 patterns as Envoy has them run as JavaScript's, anchored by Envoy's rule (whole text). */
export function matchesText({ matchPattern, ignoreCase }: matcher.StringMatcher, text: string): boolean {
  const fold = (value: string): string => (ignoreCase ? value.toLowerCase() : value);
  switch (matchPattern?.$case) {
    case 'exact':
      return fold(text) === fold(matchPattern.value);
    case 'prefix':
      return fold(text).startsWith(fold(matchPattern.value));
    case 'suffix':
      return fold(text).endsWith(fold(matchPattern.value));
    case 'contains':
      return fold(text).includes(fold(matchPattern.value));
    case 'safeRegex':
      return matchesWhole(matchPattern.value.regex, text);
    case 'custom':
    case undefined:
      return false;
  }
}

export function matchesWhole(pattern: string, text: string): boolean {
  return toRegExp(`^(?:${pattern})$`).test(text);
}

/** RE2's leading flag group `(?i)` becomes JavaScript's flag. */
export function toRegExp(pattern: string): RegExp {
  const insensitive = pattern.includes('(?i)');
  return new RegExp(pattern.replace('(?i)', ''), insensitive ? 'i' : '');
}

export function matchesHeader(header: route.HeaderMatcher, value: string | undefined): boolean {
  const present = value ?? (header.treatMissingHeaderAsEmpty ? '' : undefined);
  const matches = headerFits(header, present);
  return header.invertMatch ? !matches : matches;
}

function headerFits(
  { headerMatchSpecifier: specifier }: route.HeaderMatcher,
  value: string | undefined,
): boolean {
  if (specifier?.$case === 'presentMatch') return (value !== undefined) === specifier.value;
  if (value === undefined) return false;
  switch (specifier?.$case) {
    case 'stringMatch':
      return matchesText(specifier.value, value);
    case 'exactMatch':
      return value === specifier.value;
    case 'prefixMatch':
      return value.startsWith(specifier.value);
    case 'suffixMatch':
      return value.endsWith(specifier.value);
    case 'containsMatch':
      return value.includes(specifier.value);
    case 'safeRegexMatch':
      return matchesWhole(specifier.value.regex, value);
    case 'rangeMatch':
      return Number(value) >= specifier.value.start && Number(value) < specifier.value.end;
    case undefined:
      return true;
  }
}
