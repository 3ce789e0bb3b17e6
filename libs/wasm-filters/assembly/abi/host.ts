import { Slice } from '../bytes/slice';
import { Writer } from '../bytes/writer';
import {
  proxy_get_buffer_bytes,
  proxy_log,
  proxy_set_effective_context,
  proxy_set_tick_period_milliseconds,
} from './env';
import { Buffer, Status } from './status';

/** The plugin's configuration, valid until the callback ends; empty where it has none. */
export function readConfiguration(size: u32, into: Slice): void {
  into.clear();
  const out = changetype<usize>(into);
  const status = proxy_get_buffer_bytes(
    Buffer.PluginConfiguration,
    0,
    size,
    out,
    out + offsetof<Slice>('size'),
  );
  if (status != Status.Ok) into.clear();
}

/** Asks for `proxy_on_tick` on the current root context. */
export function tickEvery(periodMs: u32): void {
  proxy_set_tick_period_milliseconds(periodMs);
}

/** Host calls that follow are about this context. */
export function enterContext(context: u32): void {
  proxy_set_effective_context(context);
}

export function log(level: i32, message: Writer): void {
  proxy_log(level, message.at, message.size);
}
