import type { MetricLabels, Metrics } from '@istio-ts/foundation';

/** The agent's own numbers, in Prometheus' text form. */
export class AgentMetrics implements Metrics {
  private readonly families = new Map<string, Family>();

  increment(name: string, labels: MetricLabels = {}, by = 1): void {
    const family = this.family(name, 'counter');
    const key = renderLabels(labels);
    family.samples.set(key, (family.samples.get(key) ?? 0) + by);
  }

  set(name: string, value: number, labels: MetricLabels = {}): void {
    this.family(name, 'gauge').samples.set(renderLabels(labels), value);
  }

  /** A summary of two series: how many, and their sum. */
  observe(name: string, value: number, labels: MetricLabels = {}): void {
    const { samples } = this.family(name, 'summary');
    for (const [suffix, by] of [
      ['_count', 1],
      ['_sum', value],
    ] as const) {
      const key = `${suffix}${renderLabels(labels)}`;
      samples.set(key, (samples.get(key) ?? 0) + by);
    }
  }

  render(): string {
    return [...this.families]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, { type, samples }]) => [
        `# TYPE ${name} ${type}\n`,
        ...Array.from(samples, ([key, value]) => `${name}${key} ${value}\n`),
      ])
      .join('');
  }

  private family(name: string, type: Family['type']): Family {
    const found = this.families.get(name) ?? { type, samples: new Map<string, number>() };
    this.families.set(name, found);
    return found;
  }
}

interface Family {
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly samples: Map<string, number>;
}

function renderLabels(labels: MetricLabels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
