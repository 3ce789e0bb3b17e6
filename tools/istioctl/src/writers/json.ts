import type { JsonValue } from '@istio-ts/xds-types';

/** Indented by four blanks, as Istio prints. */
export function renderJson(value: JsonValue): string {
  return `${JSON.stringify(value, undefined, 4)}\n`;
}
