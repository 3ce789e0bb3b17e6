import type { Severity } from '@istio-ts/foundation';

const codes: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };

/** The words in the colour of a severity, where colours are wanted. */
export function paint(words: string, severity: Severity, colors: boolean): string {
  return colors ? `\u001b[1;${codes[severity]}m${words}\u001b[0m` : words;
}

/** Words that stand behind others. */
export function dim(words: string, colors: boolean): string {
  return colors ? `\u001b[2m${words}\u001b[0m` : words;
}
