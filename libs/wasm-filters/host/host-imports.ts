import type { Imports } from '@assemblyscript/loader';
import type { WasmHost } from './wasm-host.js';

const OK = 0;
const NOT_FOUND = 1;
const REQUEST_HEADERS = 0;

type HostFunctions = Record<string, (...args: never[]) => number>;

/** The host functions of proxy-wasm 0.2.1 that assembly/abi/env.ts declares, for one module. */
export function createImports(host: WasmHost): Imports {
  return {
    env: {
      ...controlImports(host),
      ...readingImports(host),
      ...headerImports(host),
      ...metricImports(host),
    },
  };
}

function controlImports(host: WasmHost): HostFunctions {
  return {
    proxy_log: (_level: number, at: number, size: number) => {
      host.logLines.push(readText(host, at, size));
      return OK;
    },
    proxy_set_effective_context: (id: number) => {
      host.enter(id);
      return OK;
    },
    proxy_set_tick_period_milliseconds: (period: number) => {
      host.tickPeriods.set(host.effective, period);
      return OK;
    },
  };
}

function readingImports(host: WasmHost): HostFunctions {
  return {
    proxy_get_property: (path: number, pathSize: number, outAt: number, outSize: number) =>
      answer(host, host.attribute(readText(host, path, pathSize)), { outAt, outSize }),
    proxy_get_buffer_bytes: (...[, , , outAt, outSize]: BufferRead) =>
      answer(host, host.configuration, { outAt, outSize }),
  };
}

function headerImports(host: WasmHost): HostFunctions {
  return {
    proxy_get_header_map_value: (...[map, key, keySize, outAt, outSize]: HeaderRead) => {
      const value = headers(host, map).get(readText(host, key, keySize));
      return answer(host, value === undefined ? undefined : Buffer.from(value), { outAt, outSize });
    },
    proxy_replace_header_map_value: (...[map, key, keySize, value, valueSize]: HeaderWrite) => {
      headers(host, map).set(readText(host, key, keySize), readText(host, value, valueSize));
      return OK;
    },
    proxy_remove_header_map_value: (map: number, key: number, keySize: number) => {
      headers(host, map).delete(readText(host, key, keySize));
      return OK;
    },
  };
}

function metricImports(host: WasmHost): HostFunctions {
  return {
    proxy_define_metric: (_type: number, name: number, nameSize: number, out: number) => {
      view(host).setUint32(out, host.metrics.define(readText(host, name, nameSize)), true);
      return OK;
    },
    proxy_increment_metric: (id: number, by: bigint) => add(host, id, by),
    proxy_record_metric: (id: number, value: bigint) => add(host, id, value),
  };
}

function add(host: WasmHost, id: number, value: bigint): number {
  return host.metrics.add(id, Number(value)) ? OK : NOT_FOUND;
}

function headers(host: WasmHost, map: number): Map<string, string> {
  return map === REQUEST_HEADERS ? host.context.requestHeaders : host.context.responseHeaders;
}

function view(host: WasmHost): DataView {
  return new DataView(host.module.memory.buffer);
}

function readText(host: WasmHost, at: number, size: number): string {
  return Buffer.from(host.module.memory.buffer, at, size).toString('utf8');
}

/** Where the module wants the address and the size of an answer. */
interface Out {
  readonly outAt: number;
  readonly outSize: number;
}

type BufferRead = [buffer: number, start: number, length: number, outAt: number, outSize: number];
type HeaderRead = [map: number, key: number, keySize: number, outAt: number, outSize: number];
type HeaderWrite = [map: number, key: number, keySize: number, value: number, valueSize: number];

/** Copies a value into memory of the module's own choosing, and tells where it is. */
function answer(host: WasmHost, value: Uint8Array | undefined, { outAt, outSize }: Out): number {
  if (value === undefined) return NOT_FOUND;
  const at = value.length === 0 ? 0 : host.module.malloc(value.length);
  new Uint8Array(host.module.memory.buffer).set(value, at);
  view(host).setUint32(outAt, at, true);
  view(host).setUint32(outSize, value.length, true);
  return OK;
}
