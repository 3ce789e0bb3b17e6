import type { Issue } from './issue.js';

/** The outcome of a step that user input can make fail. Issues of an accepted value are warnings and notes. */
export type Result<T, E = readonly Issue[]> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
  /** What the user should know although the value was accepted. */
  readonly issues: readonly Issue[];
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

export function ok<T>(value: T, issues: readonly Issue[] = []): Ok<T> {
  return { ok: true, value, issues };
}

export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}
