import type { AttributeMap } from './attributes.js';

/** One stream, connection or plugin, as far as Envoy knows of it. Headers have lower-case names. */
export interface HostContext {
  attributes: AttributeMap;
  readonly requestHeaders: Map<string, string>;
  readonly responseHeaders: Map<string, string>;
}
