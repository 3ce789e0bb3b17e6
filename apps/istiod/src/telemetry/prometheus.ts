import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { invariant, type MetricLabels, type Metrics } from '@istio-ts/foundation';
import { metricTable } from './metric-table.js';

type Collector = Counter | Gauge | Histogram;

/** Metrics by the table, kept by prom-client. Counters without labels are present from the start with 0. */
export interface PrometheusMetrics extends Metrics {
  readonly contentType: string;
  render(): Promise<string>;
}

export function createPrometheusMetrics(): PrometheusMetrics {
  const registry = new Registry();
  const collectors = new Map<string, Collector>();
  for (const [name, row] of Object.entries(metricTable)) collectors.set(name, create(name, row, registry));
  collectDefaultMetrics({ register: registry });
  const find = (name: string): Collector => {
    const collector = collectors.get(name);
    invariant(collector, `metric ${name} is in the table`);
    return collector;
  };
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    increment(name, labels: MetricLabels = {}, by = 1) {
      const collector = find(name);
      invariant(collector instanceof Counter || collector instanceof Gauge, `${name} can be incremented`);
      collector.inc(labels, by);
    },
    set(name, value, labels: MetricLabels = {}) {
      const collector = find(name);
      invariant(collector instanceof Gauge, `${name} is a gauge`);
      collector.set(labels, value);
    },
    observe(name, value, labels: MetricLabels = {}) {
      const collector = find(name);
      invariant(collector instanceof Histogram, `${name} is a histogram`);
      collector.observe(labels, value);
    },
  };
}

type Row = (typeof metricTable)[keyof typeof metricTable];

function create(name: string, row: Row, registry: Registry): Collector {
  const labelNames = 'labels' in row ? [...row.labels] : [];
  const options = { name, help: row.help, labelNames, registers: [registry] };
  if (row.kind === 'counter') return new Counter(options);
  if (row.kind === 'gauge') return new Gauge(options);
  return new Histogram({ ...options, buckets: [...row.buckets] });
}
