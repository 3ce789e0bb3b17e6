import { Slice, text } from '../../bytes/slice';
import { SymbolTable } from '../../bytes/symbol-table';
import { countOverflow } from './overflow';
import { draft, Part, UNKNOWN_WORKLOAD } from './workload';

const LIMIT: i32 = 4096;
const SCHEME = text('spiffe://');
const NAMESPACE = text('ns');
const SLASH: u8 = 47;

/** No certificate, or one without a URI. */
export const NO_PRINCIPAL: i32 = 0;

const table = new SymbolTable(LIMIT);
const workloads: usize = heap.alloc((<usize>LIMIT) << 2);
const part = new Slice();
table.add(0, 0);
store<i32>(workloads, UNKNOWN_WORKLOAD);

/** The number of a principal, the URI of a certificate such as `spiffe://cluster.local/ns/shop/sa/forum`. */
export function principalOf(uri: Slice): i32 {
  const known = table.find(uri.at, uri.size);
  if (known >= 0) return known;
  const id = table.add(uri.at, uri.size);
  if (id < 0) {
    countOverflow();
    return NO_PRINCIPAL;
  }
  store<i32>(workloads + ((<usize>id) << 2), workloadOfUri(uri));
  return id;
}

/** All that a certificate tells of its workload: the namespace. */
export function workloadOfPrincipal(principal: i32): i32 {
  return load<i32>(workloads + ((<usize>principal) << 2));
}

export function principalText(principal: i32, into: Slice): void {
  table.textOf(principal, into);
}

function workloadOfUri(uri: Slice): i32 {
  if (!uri.startsWith(SCHEME)) return UNKNOWN_WORKLOAD;
  uri.part(SLASH, 3, part);
  if (!part.equals(NAMESPACE)) return UNKNOWN_WORKLOAD;
  uri.part(SLASH, 4, part);
  draft.clear();
  draft.set(Part.Namespace, part.at, part.size);
  return draft.intern();
}
