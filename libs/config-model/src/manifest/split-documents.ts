/** One YAML document's text, beginning with its `---` line where it has one. */
export interface DocumentText {
  readonly text: string;
  /** Offset in the whole text. */
  readonly offset: number;
}

const marker = /^---(?=[ \t\r\n]|$)/gmu;
const blank = /^(?:---)?\s*(?:(?:#|%|\.\.\.)[^\n]*\s*)*$/u;

/**
 * Cuts a text at its document markers before anything is parsed, so that an unclosed quote or bracket in one document never
 * swallows the next. (A line that begins with `---` cannot stand inside a YAML scalar.) Documents without content are left out.
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  const starts = [0, ...[...text.matchAll(marker)].map(({ index }) => index)];
  const documents: DocumentText[] = [];
  for (const [position, offset] of starts.entries()) {
    const part = text.slice(offset, starts[position + 1]);
    if (!isBlank(part)) documents.push({ text: part, offset });
  }
  return documents;
}

function isBlank(part: string): boolean {
  return part.split('\n').every((line) => blank.test(line));
}
