/** One line of a difference: in both, only in the first text, or only in the second. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond this many changed lines a shorter script is not worth the search: all old lines go, all new ones come. */
const longestScript = 1000;

/** The shortest way from one list of lines to the other (Myers' greedy algorithm). */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const start = commonStart(before, after);
  const end = commonStart(before.slice(start).reverse(), after.slice(start).reverse());
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  return [
    ...mark('same', before.slice(0, start)),
    ...shortestScript(removed, added),
    ...mark('same', before.slice(before.length - end)),
  ];
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function mark(kind: DiffLine['kind'], lines: readonly string[]): readonly DiffLine[] {
  return lines.map((text) => ({ kind, text }));
}

/** How far each diagonal had been reached before each round, which allows one change more; undefined where that is too long. */
function searchRounds(
  a: readonly string[],
  b: readonly string[],
): readonly ReadonlyMap<number, number>[] | undefined {
  const rounds: ReadonlyMap<number, number>[] = [];
  let reached: ReadonlyMap<number, number> = new Map([[1, 0]]);
  for (let changes = 0; changes <= Math.min(a.length + b.length, longestScript); changes += 1) {
    rounds.push(reached);
    const next = new Map<number, number>();
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = entryPoint(reached, diagonal, changes);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return rounds;
    }
    reached = next;
  }
  return undefined;
}

/** Where a diagonal is entered: from the one above by an added line, or from the one below by a removed line. */
function entryPoint(reached: ReadonlyMap<number, number>, diagonal: number, changes: number): number {
  return comesByAdding(reached, diagonal, changes)
    ? (reached.get(diagonal + 1) ?? 0)
    : (reached.get(diagonal - 1) ?? 0) + 1;
}

function comesByAdding(reached: ReadonlyMap<number, number>, diagonal: number, changes: number): boolean {
  if (diagonal === -changes) return true;
  return diagonal !== changes && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1);
}

function shortestScript(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  const rounds = searchRounds(a, b);
  if (rounds === undefined) return [...mark('removed', a), ...mark('added', b)];
  const script: DiffLine[] = [];
  let [x, y] = [a.length, b.length];
  for (let changes = rounds.length - 1; changes >= 0; changes -= 1) {
    const reached = rounds[changes] ?? new Map<number, number>();
    const diagonal = x - y;
    const byAdding = comesByAdding(reached, diagonal, changes);
    const previous = byAdding ? diagonal + 1 : diagonal - 1;
    const startX = changes === 0 ? 0 : (reached.get(previous) ?? 0);
    const startY = changes === 0 ? 0 : startX - previous;
    while (x > startX && y > startY && a[x - 1] === b[y - 1]) {
      script.push({ kind: 'same', text: a[x - 1] ?? '' });
      [x, y] = [x - 1, y - 1];
    }
    if (changes === 0) break;
    script.push(
      byAdding ? { kind: 'added', text: b[y - 1] ?? '' } : { kind: 'removed', text: a[x - 1] ?? '' },
    );
    [x, y] = [startX, startY];
  }
  return script.reverse();
}
