/** Blanks between columns: Istio's tables use five, those of listeners and of the bootstrap one. */
export const wideGap = 5;
export const narrowGap = 1;

/**
 * Rows as text, one a line. A column is as wide as its longest cell plus the gap; the last one is not padded, so that a
 * line ends in blanks only where its last cell is empty.
 */
export function renderTable(rows: readonly (readonly string[])[], gap: number = wideGap): string {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  const renderRow = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === row.length - 1
          ? cell
          : cell + ' '.repeat((widths[column] ?? 0) + gap - displayWidth(cell)),
      )
      .join('');
  return rows.map((row) => `${renderRow(row)}\n`).join('');
}

/** In characters: a name may hold some that take two code units. */
function displayWidth(text: string): number {
  return Array.from(text).length;
}
