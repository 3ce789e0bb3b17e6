/**
 * The host functions of proxy-wasm 0.2.1 that our filters call, under their names on the wire. The
 * compiler takes the name of this file, `env`, as the module that they are imported from.
 * Every one returns a status (see status.ts); results come back through addresses that we pass in.
 */

export declare function proxy_log(level: i32, text: usize, size: usize): i32;
export declare function proxy_set_effective_context(context: u32): i32;
export declare function proxy_set_tick_period_milliseconds(period: u32): i32;
export declare function proxy_get_current_time_nanoseconds(out: usize): i32;
export declare function proxy_get_property(path: usize, pathSize: usize, outAt: usize, outSize: usize): i32;
export declare function proxy_get_buffer_bytes(
  buffer: i32,
  start: u32,
  length: u32,
  outAt: usize,
  outSize: usize,
): i32;
export declare function proxy_get_header_map_value(
  map: i32,
  key: usize,
  keySize: usize,
  outAt: usize,
  outSize: usize,
): i32;
export declare function proxy_replace_header_map_value(
  map: i32,
  key: usize,
  keySize: usize,
  value: usize,
  valueSize: usize,
): i32;
export declare function proxy_remove_header_map_value(map: i32, key: usize, keySize: usize): i32;
export declare function proxy_define_metric(type: i32, name: usize, nameSize: usize, outId: usize): i32;
export declare function proxy_increment_metric(metric: u32, offset: i64): i32;
export declare function proxy_record_metric(metric: u32, value: u64): i32;
