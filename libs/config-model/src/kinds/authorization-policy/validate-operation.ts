import type { Place } from '../../place.js';
import type { PolicyOperation } from './spec.js';
import { checkNotEmpty } from './validate-source.js';

export function validateOperation(operation: PolicyOperation | undefined, place: Place): void {
  if (operation === undefined) {
    place.error('is required');
    return;
  }
  const lists = Object.entries(operation);
  if (lists.every(([, values]) => values.length === 0)) place.error('is empty: say to what');
  for (const [field, values] of lists) checkNotEmpty(values, place.at(field));
  for (const field of ['ports', 'notPorts'] as const) checkPorts(operation[field] ?? [], place.at(field));
  for (const field of ['paths', 'notPaths'] as const) {
    for (const [index, path] of (operation[field] ?? []).entries()) checkPath(path, place.at(field, index));
  }
}

export function checkPorts(values: readonly string[], place: Place): void {
  for (const [index, value] of values.entries()) {
    if (value !== '' && !(/^\d{1,5}$/u.test(value) && Number(value) <= 65_535))
      place.at(index).error(`${JSON.stringify(value)} is not a port number`);
  }
}

/** What a segment of a path may hold beside templates (RFC 3986, pchar). */
const literal = /^[-a-zA-Z0-9._~%!$&'()+,;:@=]+$/u;

/**
 * A path with templates: `{*}` is one segment, `{**}` any number and the last template. Where there are templates, `*`
 * alone is no wildcard.
 */
function checkPath(path: string, place: Place): void {
  const templated = path.includes('{*}') || path.includes('{**}');
  let open = true;
  for (const segment of path.replace(/^\/+|\/+$/gu, '').split('/')) {
    if (segment === '{*}' || segment === '{**}') {
      if (!open) place.error(`${JSON.stringify(path)}: "{**}" must be the last template of a path`);
      open &&= segment === '{*}';
    } else if (/[{}]/u.test(segment)) {
      place.error(`${JSON.stringify(path)}: only {*} and {**} may stand in braces, each a whole segment`);
    } else if (templated && !literal.test(segment)) {
      place.error(`${JSON.stringify(path)}: ${JSON.stringify(segment)} cannot stand beside templates`);
    }
  }
}
