/**
 * A proxy-wasm module in which nothing happens: what Envoy takes to call a filter at all. It has the callbacks of our
 * statistics filter and not one more, since Envoy calls what a module exports.
 */

const sectionIds = { type: 1, function: 3, memory: 5, export: 7, code: 10 } as const;
const i32 = 0x7f;
const functionForm = 0x60;
const constant = 0x41;
const end = 0x0b;

interface Callback {
  readonly parameters: number;
  /** What it answers; undefined where it answers nothing. */
  readonly result?: number;
}

const callbacks: Readonly<Record<string, Callback>> = {
  proxy_abi_version_0_2_1: { parameters: 0 },
  _initialize: { parameters: 0 },
  // Nothing is asked of the host, so the host has nothing to put anywhere.
  malloc: { parameters: 1, result: 0 },
  proxy_on_context_create: { parameters: 2 },
  proxy_on_vm_start: { parameters: 2, result: 1 },
  proxy_on_configure: { parameters: 2, result: 1 },
  proxy_on_request_headers: { parameters: 3, result: 0 },
  proxy_on_response_headers: { parameters: 3, result: 0 },
  proxy_on_new_connection: { parameters: 1, result: 0 },
  proxy_on_tick: { parameters: 1 },
  proxy_on_log: { parameters: 1 },
  proxy_on_delete: { parameters: 1 },
};

export function emptyModule(): Uint8Array {
  const list = Object.entries(callbacks);
  const types = list.map(([, { parameters, result }]) => [
    functionForm,
    ...vector(Array.from({ length: parameters }, () => [i32])),
    ...vector(result === undefined ? [] : [[i32]]),
  ]);
  const exported = list.map(([name], index) => [...text(name), 0, ...unsigned(index)]);
  const bodies = list.map(([, { result }]) => {
    const code = [0, ...(result === undefined ? [] : [constant, result]), end];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(sectionIds.type, vector(types)),
    ...section(sectionIds.function, vector(list.map((_, index) => unsigned(index)))),
    ...section(sectionIds.memory, vector([[0, 1]])),
    ...section(sectionIds.export, vector([...exported, [...text('memory'), 2, 0]])),
    ...section(sectionIds.code, vector(bodies)),
  );
}

function section(id: number, content: readonly number[]): readonly number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): readonly number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): readonly number[] {
  return [...unsigned(value.length), ...Buffer.from(value)];
}

/** LEB128. */
function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
