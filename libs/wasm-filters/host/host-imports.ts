import type { Imports } from '@assemblyscript/loader';
import type { FilterExports } from './filter-exports.js';
import type { HostContext } from './host-context.js';
import type { MetricStore } from './metric-store.js';

const OK = 0;
const NOT_FOUND = 1;
const REQUEST_HEADERS = 0;

type HostFunctions = Record<string, (...args: never[]) => number>;

/** What the host functions work on: one machine, and the context that is effective in it. */
export interface HostSide {
  readonly module: FilterExports;
  readonly metrics: MetricStore;
  readonly logLines: string[];
  readonly tickPeriods: Map<number, number>;
  readonly calls: Map<string, number>;
  readonly configuration: Uint8Array;
  readonly effective: number;
  readonly context: HostContext;
  readonly nowNs: bigint;
  enter(id: number): void;
  attribute(path: string): Uint8Array | undefined;
}

/** The host functions of proxy-wasm 0.2.1 that assembly/abi/env.ts declares, for one module, each counted. */
export function createImports(host: HostSide): Imports {
  const functions = {
    ...controlImports(host),
    ...readingImports(host),
    ...headerImports(host),
    ...metricImports(host),
  };
  const counted = Object.entries(functions).map(([name, call]): [string, HostFunctions[string]] => [
    name,
    (...args) => {
      count(host, name);
      return call(...args);
    },
  ]);
  return { env: Object.fromEntries(counted) };
}

function count({ calls }: HostSide, name: string): void {
  calls.set(name, (calls.get(name) ?? 0) + 1);
}

function controlImports(host: HostSide): HostFunctions {
  return {
    proxy_log: (_level: number, at: number, size: number) => {
      host.logLines.push(readText(host, at, size));
      return OK;
    },
    proxy_set_effective_context: (id: number) => {
      host.enter(id);
      return OK;
    },
    proxy_get_current_time_nanoseconds: (out: number) => {
      view(host).setBigUint64(out, host.nowNs, true);
      return OK;
    },
    proxy_set_tick_period_milliseconds: (period: number) => {
      host.tickPeriods.set(host.effective, period);
      return OK;
    },
  };
}

function readingImports(host: HostSide): HostFunctions {
  return {
    proxy_get_property: (path: number, pathSize: number, outAt: number, outSize: number) =>
      answer(host, host.attribute(readText(host, path, pathSize)), { outAt, outSize }),
    proxy_get_buffer_bytes: (...[, , , outAt, outSize]: BufferRead) =>
      answer(host, host.configuration, { outAt, outSize }),
  };
}

function headerImports(host: HostSide): HostFunctions {
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

function metricImports(host: HostSide): HostFunctions {
  return {
    proxy_define_metric: (_type: number, name: number, nameSize: number, out: number) => {
      view(host).setUint32(out, host.metrics.define(readText(host, name, nameSize)), true);
      return OK;
    },
    proxy_increment_metric: (id: number, by: bigint) => add(host, id, by),
    proxy_record_metric: (id: number, value: bigint) => add(host, id, value),
  };
}

function add(host: HostSide, id: number, value: bigint): number {
  return host.metrics.add(id, Number(value)) ? OK : NOT_FOUND;
}

function headers(host: HostSide, map: number): Map<string, string> {
  return map === REQUEST_HEADERS ? host.context.requestHeaders : host.context.responseHeaders;
}

function view(host: HostSide): DataView {
  return new DataView(host.module.memory.buffer);
}

function readText(host: HostSide, at: number, size: number): string {
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
function answer(host: HostSide, value: Uint8Array | undefined, { outAt, outSize }: Out): number {
  if (value === undefined) return NOT_FOUND;
  const at = value.length === 0 ? 0 : allocate(host, value.length);
  new Uint8Array(host.module.memory.buffer).set(value, at);
  view(host).setUint32(outAt, at, true);
  view(host).setUint32(outSize, value.length, true);
  return OK;
}

function allocate(host: HostSide, size: number): number {
  count(host, 'malloc');
  return host.module.malloc(size);
}
