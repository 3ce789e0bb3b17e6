import { Slice } from '../bytes/slice';
import { proxy_get_property } from './env';
import { Status } from './status';

/**
 * The path of an attribute of Envoy. `dotted` is split at its dots; `last`, when given, is one more segment taken
 * whole, for keys that have dots themselves. Make paths once, at the top of a module.
 */
export function property(dotted: string, last: string = ''): Slice {
  const path = last.length > 0 ? dotted + '.' : dotted;
  const size = <usize>(path.length + last.length);
  const at = heap.alloc(size + 1);
  for (let index = 0; index < path.length; index++) {
    const code = <u8>path.charCodeAt(index);
    store<u8>(at + index, code == 46 ? 0 : code);
  }
  for (let index = 0; index < last.length; index++) {
    store<u8>(at + path.length + index, <u8>last.charCodeAt(index));
  }
  store<u8>(at + size, 0);
  const slice = new Slice();
  slice.set(at, size + 1);
  return slice;
}

const answer = new Slice();

/** Reads an attribute into `into`, valid until the callback ends. False, and empty, when it is absent. */
export function readProperty(path: Slice, into: Slice): bool {
  into.clear();
  const out = changetype<usize>(into);
  const status = proxy_get_property(path.at, path.size, out, out + offsetof<Slice>('size'));
  return status == Status.Ok && into.size > 0;
}

/** Reads a number or a duration (ns); `absent` where there is none. */
export function readNumber(path: Slice, absent: i64 = 0): i64 {
  return readProperty(path, answer) && answer.size == 8 ? load<i64>(answer.at) : absent;
}

/** Reads a boolean; an absent one is false. */
export function readFlag(path: Slice): bool {
  return readProperty(path, answer) && answer.byte(0) != 0;
}
