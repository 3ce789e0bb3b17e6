import type { SourcePosition } from './issue.js';

/** Lines shown before the one that is meant. */
const before = 2;

/** How the parts of an excerpt are shown where a terminal has colours. */
export interface ExcerptStyle {
  /** The mark below the place. */
  readonly mark: (words: string) => string;
  /** The numbers of the lines before. */
  readonly quiet: (words: string) => string;
}

const plain: ExcerptStyle = { mark: (words) => words, quiet: (words) => words };

/**
 * The lines of a text around a place, with their numbers, and a mark below the place:
 *
 *       8 |   - route:
 *     > 9 |     - destination: { host: nobody }
 *         |                            ^
 *
 * Empty where the text has no such line.
 */
export function renderExcerpt(text: string, { line, column = 1 }: SourcePosition, style = plain): string {
  const lines = text.split(/\r?\n/u);
  const meant = line === undefined ? undefined : lines[line - 1];
  if (line === undefined || meant === undefined) return '';
  const width = String(line).length;
  const first = Math.max(1, line - before);
  const shown = lines.slice(first - 1, line).map((words, index) => {
    const number = first + index;
    const head = `${number === line ? '>' : ' '} ${String(number).padStart(width)} |`;
    return `  ${number === line ? head : style.quiet(head)}${words === '' ? '' : ` ${printable(words)}`}`;
  });
  const indent = ' '.repeat(displayWidth(printable(meant.slice(0, column - 1))));
  const mark = `    ${' '.repeat(width)} | ${indent}${style.mark('^')}`;
  return `${[...shown, mark].join('\n')}\n`;
}

/** Tabs would shift the mark; other control characters could change the terminal. */
function printable(words: string): string {
  return words.replace(/\t/gu, ' ').replace(/\p{Cc}/gu, '\u00b7');
}

function displayWidth(words: string): number {
  return Array.from(words).length;
}
