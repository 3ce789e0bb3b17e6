import { instantiate, type ASUtil } from '@assemblyscript/loader';
import { encodeAttribute, findAttribute, type AttributeMap } from './attributes.js';
import type { FilterExports } from './filter-exports.js';
import type { HostContext } from './host-context.js';
import { MetricStore } from './metric-store.js';
import { createImports, type HostSide } from './host-imports.js';

const ROOT = 0;

/**
 * Envoy's side of proxy-wasm, in so far as our filters use it: it runs the compiled module as Envoy would, in one
 * worker. Everything that the module does is the real thing; everything around it is here.
 */
export class WasmHost implements HostSide {
  readonly metrics = new MetricStore();
  readonly logLines: string[] = [];
  readonly tickPeriods = new Map<number, number>();
  /** How often the module has called each function of the host, and `malloc` for answers that the host calls it for. */
  readonly calls = new Map<string, number>();
  configuration: Uint8Array = new Uint8Array();
  /** The module's clock; it stands still until a test moves it. */
  nowNs = 1_000_000_000_000n;

  readonly #contexts = new Map<number, HostContext>();
  #exports: (ASUtil & FilterExports) | undefined;
  #effective = ROOT;
  #lastId = ROOT;

  /** `node` are the attributes that every context shares, such as `xds.node`. */
  private constructor(private readonly node: AttributeMap) {}

  static async start(module: Buffer, node: AttributeMap): Promise<WasmHost> {
    const host = new WasmHost(node);
    const { exports } = await instantiate<FilterExports>(module, createImports(host));
    host.#exports = exports;
    exports._initialize();
    return host;
  }

  get module(): FilterExports {
    if (this.#exports === undefined) throw new Error('the module is not started');
    return this.#exports;
  }

  get memoryBytes(): number {
    return this.module.memory.buffer.byteLength;
  }

  /** Makes a context known to the module and effective; without a parent it is a plugin's root. */
  create(context: HostContext, parent = ROOT): number {
    const id = ++this.#lastId;
    this.#contexts.set(id, context);
    this.enter(id);
    this.module.proxy_on_context_create(id, parent);
    return id;
  }

  delete(id: number): void {
    this.module.proxy_on_delete(id);
    this.#contexts.delete(id);
  }

  enter(id: number): void {
    this.#effective = id;
  }

  get effective(): number {
    return this.#effective;
  }

  get context(): HostContext {
    const context = this.#contexts.get(this.#effective);
    if (context === undefined)
      throw new Error(`the module works on context ${this.#effective}, which is gone`);
    return context;
  }

  /** The bytes of an attribute of the effective context, or of the node. */
  attribute(path: string): Uint8Array | undefined {
    const value = findAttribute(this.context.attributes, path) ?? findAttribute(this.node, path);
    return value === undefined ? undefined : encodeAttribute(value);
  }
}
