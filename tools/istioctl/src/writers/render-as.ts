import type { JsonValue } from '@istio-ts/xds-types';
import { renderJson } from './json.js';
import { renderYaml } from './yaml.js';

/** What is printed: a table for people, a value for programs. Only the one asked for is made. */
export interface Printable {
  readonly short: () => string;
  readonly value: () => JsonValue;
}

export type OutputForm = 'short' | 'json' | 'yaml';

export function renderAs(form: OutputForm, { short, value }: Printable): string {
  switch (form) {
    case 'json':
      return renderJson(value());
    case 'yaml':
      return renderYaml(value());
    case 'short':
      return short();
  }
}
