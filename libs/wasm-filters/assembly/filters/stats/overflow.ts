import { defineMetric, increment } from '../../abi/metric';
import { Metric } from '../../abi/status';
import { text } from '../../bytes/slice';
import { Writer } from '../../bytes/writer';

const NAME = text('istio_stats_overflow_total');
let metric: u32 = 0;

/** A name or a series was not told apart from others because a table is full: totals stay right, labels do not. */
export function countOverflow(): void {
  if (metric == 0) metric = defineMetric(Metric.Counter, new Writer().bytes(NAME));
  increment(metric, 1);
}
