import type { ExcerptStyle, Severity } from '@istio-ts/foundation';

const codes: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };

/** The words in the colour of a severity, where colours are wanted. */
export function paint(words: string, severity: Severity, colors: boolean): string {
  return colors ? `\u001b[1;${codes[severity]}m${words}\u001b[0m` : words;
}

/** An excerpt with its mark in the colour of the severity. */
export function excerptStyle(severity: Severity, colors: boolean): ExcerptStyle {
  return { mark: (words) => paint(words, severity, colors), quiet: (words) => dim(words, colors) };
}

/** Words that stand behind others. */
function dim(words: string, colors: boolean): string {
  return colors ? `\u001b[2m${words}\u001b[0m` : words;
}
