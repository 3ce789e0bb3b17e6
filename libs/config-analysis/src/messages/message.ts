import type { Severity } from '@istio-ts/foundation';

export interface Message<A> {
  readonly code: string;
  readonly severity: Severity;
  readonly meaning: string;
  readonly render: (args: A) => string;
}

/** One row of the table: the code, how much it weighs, what it is about, and its words. */
export function message<A = Readonly<Record<string, never>>>(
  code: `IST${string}`,
  severity: Severity,
  meaning: string,
  render: (args: A) => string,
): Message<A> {
  return { code, severity, meaning, render };
}

/** `"a", "b"`; nothing is said of how many. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => JSON.stringify(word)).join(', ');
}
