import tags from '../stats-tags.json' with { type: 'json' };

/** One series as Prometheus would show it. */
export interface SeriesView {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The sum of a counter, the last value of a gauge, the sum of a histogram's values. */
  readonly value: number;
  /** How often it was written. */
  readonly count: number;
}

interface Entry {
  readonly name: string;
  value: number;
  count: number;
}

/** Envoy's side of metrics: ids for names, and names taken apart by the tag expressions that we give to bootstraps. */
export class MetricStore {
  readonly #ids = new Map<string, number>();
  readonly #entries: Entry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /** Ids begin at 1, as in Envoy. */
  define(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#entries.push({ name, value: 0, count: 0 });
    this.#ids.set(name, id);
    return id;
  }

  add(id: number, value: number): boolean {
    const entry = this.#entries[id - 1];
    if (entry === undefined) return false;
    entry.value += value;
    entry.count++;
    return true;
  }

  series(metric: string): readonly SeriesView[] {
    return this.#entries.filter(({ name }) => name.endsWith(metric)).map(takeApart);
  }

  total(metric: string): number {
    return this.series(metric).reduce((sum, { value }) => sum + value, 0);
  }
}

function takeApart({ name, value, count }: Entry): SeriesView {
  let metric = name;
  const labels: Record<string, string> = {};
  for (const { tag_name: label, regex } of tags) {
    const found = new RegExp(regex).exec(metric);
    if (found === null) continue;
    labels[label] = found[2] ?? '';
    metric = metric.replace(found[1] ?? '', '');
  }
  return { metric, labels, value, count };
}
