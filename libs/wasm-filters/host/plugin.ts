import type { AttributeMap } from './attributes.js';
import type { HostContext } from './host-context.js';
import type { WasmHost } from './wasm-host.js';

/** What happens on one HTTP stream; everything that is left out is absent for the filter too. */
export interface HttpCall {
  readonly attributes?: AttributeMap;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** An earlier filter answered, so ours does not see the request. */
  readonly refusedEarlier?: boolean;
}

/** What the next filter, and then the client, get to see. */
export interface HttpOutcome {
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
}

export interface PluginSettings {
  readonly rootId: string;
  readonly configuration?: string;
}

/** A plugin of the module, configured as a listener would: calls and connections pass through it. */
export class Plugin {
  private constructor(
    private readonly host: WasmHost,
    readonly rootContext: number,
  ) {}

  /** Undefined where the module refuses the configuration; the host's log says why. */
  static configure(host: WasmHost, { rootId, configuration = '' }: PluginSettings): Plugin | undefined {
    const root = host.create(newContext({ attributes: { plugin_root_id: rootId } }));
    host.configuration = Buffer.from(configuration);
    if (host.module.proxy_on_vm_start(root, 0) === 0) return undefined;
    const accepted = host.module.proxy_on_configure(root, host.configuration.length);
    return accepted === 0 ? undefined : new Plugin(host, root);
  }

  /** One whole stream, from its headers to its end. */
  call(call: HttpCall): HttpOutcome {
    const context = newContext(call);
    const id = this.host.create(context, this.rootContext);
    if (call.refusedEarlier !== true) this.host.module.proxy_on_request_headers(id, 0, 1);
    this.host.module.proxy_on_response_headers(id, 0, 1);
    this.host.module.proxy_on_log(id);
    this.host.delete(id);
    return {
      requestHeaders: Object.fromEntries(context.requestHeaders),
      responseHeaders: Object.fromEntries(context.responseHeaders),
    };
  }

  connect(attributes: AttributeMap): Connection {
    return new Connection(this.host, this.rootContext, newContext({ attributes }));
  }

  tick(): void {
    this.host.enter(this.rootContext);
    this.host.module.proxy_on_tick(this.rootContext);
  }
}

/** A TCP connection that stays open until it is closed. */
export class Connection {
  readonly #id: number;

  constructor(
    private readonly host: WasmHost,
    root: number,
    private readonly context: HostContext,
  ) {
    this.#id = host.create(context, root);
    host.module.proxy_on_new_connection(this.#id);
  }

  /** Later facts take the place of earlier ones. */
  becomes(attributes: AttributeMap): void {
    this.context.attributes = { ...this.context.attributes, ...attributes };
  }

  close(): void {
    this.host.enter(this.#id);
    this.host.module.proxy_on_log(this.#id);
    this.host.delete(this.#id);
  }
}

function newContext({ attributes = {}, requestHeaders = {}, responseHeaders = {} }: HttpCall): HostContext {
  return {
    attributes,
    requestHeaders: new Map(Object.entries(requestHeaders)),
    responseHeaders: new Map(Object.entries(responseHeaders)),
  };
}
