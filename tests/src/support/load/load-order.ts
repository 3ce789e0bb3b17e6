/** What the load program is told, as JSON. */
export interface LoadOrder {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly perSecond: number;
  readonly connections: number;
  readonly timeoutMs: number;
}

/** What the load program tells, a line each. */
export type LoadEvent =
  | { readonly kind: 'failure'; readonly atMs: number; readonly reason: string }
  | { readonly kind: 'count'; readonly asked: number; readonly answered: number; readonly failed: number };

export function isLoadOrder(value: unknown): value is LoadOrder {
  return typeof value === 'object' && value !== null && 'url' in value && 'perSecond' in value;
}
