import type { JsonObject, JsonValue } from '../codec.js';

/** Something in a JSON value that a message does not take, or takes and should not be given. */
export interface JsonFault {
  /** Names and list positions as written, from the value that was checked. */
  readonly path: readonly (string | number)[];
  /** `error`: it cannot be read. `warning`: it is read, and likely does not do what was meant. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** A place in the value under examination. */
export class JsonPlace {
  constructor(
    private readonly faults: JsonFault[],
    private readonly path: readonly (string | number)[] = [],
  ) {}

  at(key: string | number): JsonPlace {
    return new JsonPlace(this.faults, [...this.path, key]);
  }

  error(message: string): void {
    this.faults.push({ path: this.path, severity: 'error', message });
  }

  warning(message: string): void {
    this.faults.push({ path: this.path, severity: 'warning', message });
  }

  /** A value of another type than is wanted. */
  expected(what: string, found: JsonValue): void {
    this.error(`expected ${what}, found ${describe(found)}`);
  }
}

export function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: JsonValue): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value !== 'object') return `${typeof value} ${String(value)}`;
  return Array.isArray(value) ? 'a list' : 'an object';
}
