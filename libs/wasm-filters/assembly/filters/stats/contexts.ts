import { Cluster } from './cluster';
import { Series } from './series';
import { UNKNOWN_WORKLOAD } from './workload';

/** A plugin in one place: what its root id and its configuration say. */
@unmanaged
export class Root {
  id: u32 = 0;
  reporter: u32 = 0;
  hostFallback: bool = true;
  /** Open TCP connections, the newest first. */
  connections: Stream | null = null;
  next: Root | null = null;
}

/** One HTTP stream or one TCP connection. Used again and again, so that a million of them need no more memory than the most at one time. */
@unmanaged
export class Stream {
  id: u32 = 0;
  root: Root | null = null;
  /** The other side's workload, as far as it has told. */
  peer: i32 = UNKNOWN_WORKLOAD;
  /** Where the request went when it passed our filter, as far as that was asked. */
  cluster: Cluster | null = null;
  /** Headers came through our filter; a request refused by an earlier filter ends without. */
  requestSeen: bool = false;
  /** The client's proxy exchanges metadata, so it gets an answer. */
  exchanging: bool = false;
  isConnection: bool = false;
  opened: bool = false;
  received: i64 = 0;
  sent: i64 = 0;
  /** The labels of a connection, once both sides are known. */
  series: Series | null = null;
  /** Neighbours among the open connections of the root. */
  before: Stream | null = null;
  after: Stream | null = null;
  /** Next of the same bucket, or of the free ones. */
  chain: Stream | null = null;
}

let roots: Root | null = null;
let free: Stream | null = null;
let count: u32 = 0;
let bucketCount: u32 = 256;
let buckets: usize = newBuckets(bucketCount);

function newBuckets(size: u32): usize {
  const at = heap.alloc((<usize>size) << 2);
  memory.fill(at, 0, (<usize>size) << 2);
  return at;
}

function bucketOf(id: u32): usize {
  return buckets + ((<usize>(id & (bucketCount - 1))) << 2);
}

export function findRoot(id: u32): Root | null {
  let root = roots;
  while (root != null && root.id != id) root = root.next;
  return root;
}

export function addRoot(id: u32): Root {
  const root = new Root();
  root.id = id;
  root.next = roots;
  roots = root;
  return root;
}

export function findStream(id: u32): Stream | null {
  let stream = load<Stream | null>(bucketOf(id));
  while (stream != null && stream.id != id) stream = stream.chain;
  return stream;
}

export function addStream(id: u32, root: Root): Stream {
  if (count >= bucketCount) growBuckets();
  const stream = takeFree();
  stream.id = id;
  stream.root = root;
  link(stream);
  count++;
  return stream;
}

export function removeContext(id: u32): void {
  const stream = findStream(id);
  if (stream == null) {
    removeRoot(id);
    return;
  }
  unlink(stream);
  if (stream.isConnection) removeConnection(stream);
  stream.chain = free;
  free = stream;
  count--;
}

/** Puts a stream among the open connections of its root. */
export function addConnection(stream: Stream, root: Root): void {
  stream.isConnection = true;
  const first = root.connections;
  stream.after = first;
  if (first != null) first.before = stream;
  root.connections = stream;
}

function removeConnection(stream: Stream): void {
  const before = stream.before;
  const after = stream.after;
  const root = stream.root;
  if (before != null) before.after = after;
  else if (root != null) root.connections = after;
  if (after != null) after.before = before;
}

function removeRoot(id: u32): void {
  const root = findRoot(id);
  if (root == null) return;
  if (roots == root) roots = root.next;
  else {
    let before = roots;
    while (before != null && before.next != root) before = before.next;
    if (before != null) before.next = root.next;
  }
  heap.free(changetype<usize>(root));
}

function takeFree(): Stream {
  const stream = free;
  if (stream == null) return new Stream();
  free = stream.chain;
  memory.fill(changetype<usize>(stream), 0, offsetof<Stream>());
  return stream;
}

function link(stream: Stream): void {
  const bucket = bucketOf(stream.id);
  stream.chain = load<Stream | null>(bucket);
  store<Stream | null>(bucket, stream);
}

function unlink(stream: Stream): void {
  const bucket = bucketOf(stream.id);
  let current = load<Stream | null>(bucket);
  if (current == stream) {
    store<Stream | null>(bucket, stream.chain);
    return;
  }
  while (current != null && current.chain != stream) current = current.chain;
  if (current != null) current.chain = stream.chain;
}

function growBuckets(): void {
  const old = buckets;
  const oldCount = bucketCount;
  bucketCount = oldCount * 2;
  buckets = newBuckets(bucketCount);
  for (let index: u32 = 0; index < oldCount; index++) {
    let stream = load<Stream | null>(old + ((<usize>index) << 2));
    while (stream != null) {
      const next = stream.chain;
      link(stream);
      stream = next;
    }
  }
  heap.free(old);
}
