import { instantiate, type ASUtil } from '@assemblyscript/loader';
import { encodeAttribute, findAttribute, type AttributeMap } from './attributes.js';
import { MetricStore } from './metric-store.js';
import { createImports } from './host-imports.js';

/** The callbacks that our modules export, under their names on the wire. */
export interface FilterExports extends Record<string, unknown> {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(size: number): number;
  _initialize(): void;
  proxy_on_context_create(id: number, parent: number): void;
  proxy_on_vm_start(root: number, size: number): number;
  proxy_on_configure(root: number, size: number): number;
  proxy_on_request_headers(id: number, headers: number, end: number): number;
  proxy_on_response_headers(id: number, headers: number, end: number): number;
  proxy_on_new_connection(id: number): number;
  proxy_on_tick(root: number): void;
  proxy_on_log(id: number): void;
  proxy_on_delete(id: number): void;
}

/** One stream, connection or plugin, as far as Envoy knows of it. Headers have lower-case names. */
export interface HostContext {
  attributes: AttributeMap;
  readonly requestHeaders: Map<string, string>;
  readonly responseHeaders: Map<string, string>;
}

const ROOT = 0;

/**
 * Envoy's side of proxy-wasm, in so far as our filters use it: it runs the compiled module as Envoy would, in one
 * worker. Everything that the module does is the real thing; everything around it is here.
 */
export class WasmHost {
  readonly metrics = new MetricStore();
  readonly logLines: string[] = [];
  readonly tickPeriods = new Map<number, number>();
  configuration: Uint8Array = new Uint8Array();

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
