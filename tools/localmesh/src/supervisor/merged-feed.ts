import type { Clock } from '@istio-ts/foundation';
import { listAt, numberAt, textAt, type JsonRecord } from '../store/json-record.js';

/** Longer than an istiod waits for its proxies: one that says nothing by then, as it only started, does not know. */
export const patienceMs = 12_000;

/** What one istiod said about a change of some objects, and which of them were not told yet. */
interface Account {
  readonly istiod: string;
  readonly line: JsonRecord;
  readonly open: Map<string, unknown>;
  stopTimer: () => void;
}

/**
 * The change feeds of several istiods as one. Each sees the same change by itself and speaks for the proxies that are
 * connected to it: the change is told when all have spoken, or when one of them has not for too long. Two edits close to
 * each other may be one change for one istiod and two for another, so it goes by objects.
 */
export class MergedFeed {
  readonly #followed = new Set<string>();
  readonly #lately = new Map<string, string>();
  #accounts: readonly Account[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly tell: (line: JsonRecord) => void,
  ) {}

  joined(istiod: string): void {
    this.#followed.add(istiod);
  }

  /** It will say no more; what it said counts. */
  left(istiod: string): void {
    this.#followed.delete(istiod);
    this.#tellComplete();
  }

  add(istiod: string, line: JsonRecord): void {
    const objects = listAt(line, 'objects');
    if (objects.length === 0) {
      this.#tellOnce(istiod, line);
      return;
    }
    const open = new Map(objects.map((object) => [identity(object), object] as const));
    const account: Account = { istiod, line, open, stopTimer: () => undefined };
    account.stopTimer = this.clock.setTimer(patienceMs, () => this.#tellChange(account));
    this.#accounts = [...this.#accounts, account];
    this.#tellComplete();
  }

  #tellComplete(): void {
    const complete = this.#accounts.find((account) => this.#isComplete(account));
    if (complete === undefined) return;
    this.#tellChange(complete);
    this.#tellComplete();
  }

  #isComplete({ open }: Account): boolean {
    return [...this.#followed].every((istiod) =>
      [...open.keys()].every((id) => this.#firstAbout(istiod, id) !== undefined),
    );
  }

  #firstAbout(istiod: string, id: string): Account | undefined {
    return this.#accounts.find((account) => account.istiod === istiod && account.open.has(id));
  }

  #tellChange(account: Account): void {
    const objects = new Map(account.open);
    const byIstiod = [...new Set(this.#accounts.map(({ istiod }) => istiod))].map((istiod) => {
      const about = [...objects.keys()].map((id) => this.#firstAbout(istiod, id));
      return [...new Set(about)].filter((each) => each !== undefined);
    });
    for (const { open, stopTimer } of byIstiod.flat()) {
      for (const id of objects.keys()) open.delete(id);
      if (open.size === 0) stopTimer();
    }
    this.#accounts = this.#accounts.filter(({ open }) => open.size > 0);
    const lines = byIstiod
      .map((accounts) => accounts.map(({ line }) => line))
      .filter((each) => each.length > 0);
    this.tell(merge([...objects.values()], lines));
  }

  /** What is not about proxies every istiod says in the same words. */
  #tellOnce(istiod: string, line: JsonRecord): void {
    const words = JSON.stringify({ ...line, time: undefined });
    const teller = this.#lately.get(words);
    if (teller !== undefined && teller !== istiod) return;
    this.#lately.set(words, istiod);
    this.clock.setTimer(patienceMs, () => this.#lately.delete(words));
    this.tell(line);
  }
}

function identity(object: unknown): string {
  return JSON.stringify(['kind', 'namespace', 'name', 'op'].map((field) => textAt(object, field)));
}

/** Proxies are connected to one istiod each: they add up. */
function merge(objects: readonly unknown[], byIstiod: readonly (readonly JsonRecord[])[]): JsonRecord {
  const lines = byIstiod.flat();
  const counts = byIstiod.map(countProxies);
  const total = sum(counts.map((count) => count.total));
  const acked = total - sum(counts.map((count) => count.missing));
  const rejected = unique(lines.flatMap((line) => listAt(line, 'proxies', 'rejected')));
  const unreachable = unique(lines.flatMap((line) => listAt(line, 'proxies', 'unreachable')));
  const refused = lines.every((line) => textAt(line, 'state') === 'rejected');
  const rejectedByAll = acked === 0 && rejected.length > 0;
  return {
    ...lines.at(-1),
    objects,
    state: refused || rejectedByAll ? 'rejected' : acked === total ? 'live' : 'partial',
    proxies: { acked, total, rejected, unreachable },
    ...latest(lines, 'sentMs'),
    ...latest(lines, 'ms'),
    issues: unique(lines.flatMap((line) => listAt(line, 'issues'))),
  };
}

function latest(lines: readonly JsonRecord[], field: string): JsonRecord {
  const times = lines.map((line) => numberAt(line, field)).filter((time) => time !== undefined);
  return times.length === 0 ? {} : { [field]: Math.max(...times) };
}

/** Where an istiod took the objects for several changes, these concern much the same proxies: the worst counts. */
function countProxies(lines: readonly JsonRecord[]): { readonly total: number; readonly missing: number } {
  const totals = lines.map((line) => numberAt(line, 'proxies', 'total') ?? 0);
  const missing = lines.map(
    (line, index) => (totals[index] ?? 0) - (numberAt(line, 'proxies', 'acked') ?? 0),
  );
  return { total: Math.max(...totals), missing: Math.max(...missing) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function unique(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
