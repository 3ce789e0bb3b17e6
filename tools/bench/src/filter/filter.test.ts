import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerSize } from './answer.js';
import { emptyModule } from './empty-module.js';
import { resolveShop } from './shop.js';
import { staticResources } from './static-proxy.js';

const statsSource = join(
  import.meta.dirname,
  '../../../../libs/wasm-filters/assembly/filters/stats/index.ts',
);

/** As much of the compiler's own as is used here; the type library of the browser has the rest. */
declare const WebAssembly: {
  readonly Module: {
    new (bytes: Uint8Array): object;
    exports(module: object): readonly { readonly name: string }[];
    imports(module: object): readonly object[];
  };
};

test('the filter in which nothing happens has the callbacks of the statistics filter, and asks nothing of its host', () => {
  const module = new WebAssembly.Module(emptyModule());
  const callbacks = readFileSync(statsSource, 'utf8').matchAll(/^export function (\w+)/gmu);
  const wanted = [...Array.from(callbacks, ([, name]) => name), 'memory', 'malloc', '_initialize'];
  expect(new Set(WebAssembly.Module.exports(module).map(({ name }) => name))).toEqual(new Set(wanted));
  expect(WebAssembly.Module.imports(module)).toEqual([]);
});

test('both proxies have the statistics filter, and without a metrics provider neither', () => {
  const ports = { server: 3333, application: 4444 };
  const resources = (stats: boolean): readonly string[] => {
    const { client, server } = resolveShop(ports, stats);
    return [
      staticResources(client, { listener: '0.0.0.0_80', address: '127.0.0.1', port: 1 }),
      staticResources(server, { listener: '127.0.0.2_3333', address: '127.0.0.2', port: 3333 }),
    ].map((each) => JSON.stringify(each));
  };
  expect(resources(true).map((text) => text.includes('stats.wasm'))).toEqual([true, true]);
  expect(resources(false).map((text) => text.includes('stats.wasm'))).toEqual([false, false]);
  const [client = '', server = ''] = resources(true);
  expect(client).toContain('"portValue":3333');
  expect(server).toContain('"portValue":4444');
  expect(client + server).not.toContain('sdsConfig');
});

test('an answer ends where its length says, and not before all is there', () => {
  const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\nserver: envoy\r\n\r\nhello';
  expect(answerSize(Buffer.from(`${answer}HTTP/1.1`))).toBe(answer.length);
  expect(answerSize(Buffer.from(answer.slice(0, -1)))).toBeUndefined();
  expect(answerSize(Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'))).toBe(27);
  expect(answerSize(Buffer.from('HTTP/1.1 200'))).toBeUndefined();
});
