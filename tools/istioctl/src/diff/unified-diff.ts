import { diffLines, type DiffLine } from './diff-lines.js';

const context = 3;
const signs = { same: ' ', removed: '-', added: '+' } as const;

/** Two texts as `diff -u` shows them, without the header; empty where they are equal. */
export function renderUnifiedDiff(before: string, after: string): string {
  const lines = diffLines(before.split('\n'), after.split('\n'));
  return hunksOf(lines)
    .map(([from, to]) => renderHunk(lines, from, to))
    .join('');
}

/** Ranges of lines that are near a change; those that touch are one. */
function hunksOf(lines: readonly DiffLine[]): readonly (readonly [from: number, to: number])[] {
  const hunks: [number, number][] = [];
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    const [from, to] = [Math.max(0, index - context), Math.min(lines.length, index + context + 1)];
    const last = hunks.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  });
  return hunks;
}

function renderHunk(lines: readonly DiffLine[], from: number, to: number): string {
  const shown = lines.slice(from, to);
  const before = renderRange(lines.slice(0, from), shown, 'added');
  const after = renderRange(lines.slice(0, from), shown, 'removed');
  const body = shown.map(({ kind, text }) => `${signs[kind]}${text}\n`).join('');
  return `@@ -${before} +${after} @@\n${body}`;
}

/** `FIRST,COUNT` of one side, which has all lines but those of the other. */
function renderRange(
  skipped: readonly DiffLine[],
  shown: readonly DiffLine[],
  other: 'added' | 'removed',
): string {
  const count = (lines: readonly DiffLine[]): number => lines.filter(({ kind }) => kind !== other).length;
  return `${count(skipped) + (count(shown) > 0 ? 1 : 0)},${count(shown)}`;
}
