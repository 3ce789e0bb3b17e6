import { Writer } from '../bytes/writer';
import { proxy_define_metric, proxy_increment_metric, proxy_record_metric } from './env';
import { Status } from './status';

const out: usize = memory.data(4, 4);

/** Makes a metric, or finds the one of that name. Returns its id, or 0 where the host refuses. */
export function defineMetric(type: i32, name: Writer): u32 {
  return proxy_define_metric(type, name.at, name.size, out) == Status.Ok ? load<u32>(out) : 0;
}

export function increment(metric: u32, by: i64): void {
  proxy_increment_metric(metric, by);
}

/** A value of a histogram, or the new value of a gauge. */
export function record(metric: u32, value: u64): void {
  proxy_record_metric(metric, value);
}
