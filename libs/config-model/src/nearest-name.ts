/** The name that was probably meant, or undefined where none is near. Case, `_` and `-` do not count as differences. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const wanted = fold(written.slice(0, 64));
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const folded = fold(name);
    if (Math.abs(folded.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, folded);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` — did you mean "x"?`, or nothing. */
export function suggest(written: string, names: readonly string[]): string {
  const nearest = nearestName(written, names);
  return nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/gu, '');
}

/** Insertions, deletions, replacements and swaps of neighbours that make `b` out of `a`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let left = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1) ? 0 : 1;
      left = Math.min((last[column] ?? 0) + 1, left + 1, (last[column - 1] ?? 0) + same);
      if (isSwap(a, b, row, column)) left = Math.min(left, (beforeLast[column - 2] ?? 0) + 1);
      current.push(left);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

function isSwap(a: string, b: string, row: number, column: number): boolean {
  return (
    row > 1 &&
    column > 1 &&
    a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
    a.charCodeAt(row - 2) === b.charCodeAt(column - 1)
  );
}
