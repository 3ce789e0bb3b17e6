import type { PathKey } from '@istio-ts/config-model';
import type { SourcePosition } from '@istio-ts/foundation';
import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Node,
} from 'yaml';

/** A text that manifests were read from, to point into. */
export class ManifestText {
  readonly #lineCounter = new LineCounter();
  #objects: readonly Node[] | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  /**
   * Where a path of an object stands: at the key, or as near to it as the text goes.
   *
   * @param object where the object begins, as its origin says
   */
  locate(object: SourcePosition, path: readonly PathKey[]): SourcePosition {
    const start = this.#objectNodes().find((node) => this.#position(offsetOf(node)).line === object.line);
    return start === undefined ? object : this.#position(offsetAt(start, path));
  }

  /** Documents, and the items of lists, which are objects too. */
  #objectNodes(): readonly Node[] {
    this.#objects ??= this.#parse();
    return this.#objects;
  }

  #parse(): readonly Node[] {
    const options = {
      lineCounter: this.#lineCounter,
      logLevel: 'silent',
      merge: true,
      uniqueKeys: false,
    } as const;
    return parseAllDocuments(this.text, options).flatMap(({ contents }) => {
      if (!isNode(contents)) return [];
      const items = isMap(contents) ? contents.get('items', true) : undefined;
      return isSeq(items) ? items.items.filter(isNode) : [contents];
    });
  }

  #position(offset: number): SourcePosition {
    const { line, col } = this.#lineCounter.linePos(offset);
    return { file: this.file, line, column: col };
  }
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function offsetAt(start: Node, path: readonly PathKey[]): number {
  let node: unknown = start;
  let offset = offsetOf(start);
  for (const key of path) {
    if (!isCollection(node)) return offset;
    const next = childOf(node, key);
    if (next === undefined) return offset;
    offset = next.offset;
    node = next.node;
  }
  // A value says more than its key; what is spread over lines begins at the key.
  return isScalar(node) ? offsetOf(node) : offset;
}

function childOf(
  node: unknown,
  key: PathKey,
): { readonly node: unknown; readonly offset: number } | undefined {
  if (isSeq(node)) {
    const item = typeof key === 'number' ? node.items[key] : undefined;
    return isNode(item) ? { node: item, offset: offsetOf(item) } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key));
  return pair !== undefined && isNode(pair.key)
    ? { node: pair.value, offset: offsetOf(pair.key) }
    : undefined;
}
