/**
 * Parses a downward API file: one `key="value"` a line, the value quoted as Go does. A line that is not of this form is
 * left out: the platform writes the file, and a label less is better than no proxy.
 */
export function parseDownwardFile(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    const value = at > 0 ? unquote(line.slice(at + 1).trim()) : undefined;
    return value === undefined ? [] : [[line.slice(0, at).trim(), value] as const];
  });
  return Object.fromEntries(pairs);
}

function unquote(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
