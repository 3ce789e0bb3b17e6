/** What one case came to. `want` and `got` are for a reader: the smallest values that show the difference. */
export type CaseOutcome =
  | { readonly kind: 'agree' }
  | { readonly kind: 'differ'; readonly want: unknown; readonly got: unknown }
  /** The case needs something that is not built yet; `needs` says what. */
  | { readonly kind: 'unsupported'; readonly needs: string };

export interface Case {
  /** Unique within the suite, and stable: the list of known differences refers to it. */
  readonly name: string;
  readonly run: () => CaseOutcome | Promise<CaseOutcome>;
}

/** One folder of cases of one form (the folder's own README is the form). */
export interface Suite {
  /** Name of the folder. */
  readonly name: string;
  /** Reads the cases of a folder; throws a MeshError that names the file where one is not of the form. */
  readonly load: (dir: string) => readonly Case[];
}

export const agree: CaseOutcome = { kind: 'agree' };

export function differ(want: unknown, got: unknown): CaseOutcome {
  return { kind: 'differ', want, got };
}

export function needs(what: string): CaseOutcome {
  return { kind: 'unsupported', needs: what };
}

/** Agreement where both render alike as JSON with sorted keys, so that absent and undefined are one. */
export function compare(want: unknown, got: unknown): CaseOutcome {
  return render(want) === render(got) ? agree : differ(want, got);
}

function render(value: unknown): string {
  return JSON.stringify(value, (_, nested: unknown) => {
    if (typeof nested !== 'object' || nested === null || Array.isArray(nested)) return nested;
    return Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
