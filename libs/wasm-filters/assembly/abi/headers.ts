import { Slice } from '../bytes/slice';
import {
  proxy_get_header_map_value,
  proxy_remove_header_map_value,
  proxy_replace_header_map_value,
} from './env';
import { Status } from './status';

/** Reads a header (lower-case name) into `into`, valid until the callback ends. False, and empty, when it is absent. */
export function readHeader(map: i32, name: Slice, into: Slice): bool {
  into.clear();
  const out = changetype<usize>(into);
  const status = proxy_get_header_map_value(map, name.at, name.size, out, out + offsetof<Slice>('size'));
  return status == Status.Ok && into.size > 0;
}

export function replaceHeader(map: i32, name: Slice, value: Slice): void {
  proxy_replace_header_map_value(map, name.at, name.size, value.at, value.size);
}

export function removeHeader(map: i32, name: Slice): void {
  proxy_remove_header_map_value(map, name.at, name.size);
}
