import type { Static } from '@sinclair/typebox';
import { int32, list, message, nullable, textOf, words, type Rule } from '../../schema/builders.js';
import { atMostOneOf } from '../at-most-one-of.js';
import { targetReferences } from '../target-reference.js';
import { trafficSelector, wasmModule } from '../wasm-plugin/module.js';
import { workloadSelector } from '../workload-selector.js';

const oneExtension: Rule = {
  rule: 'has(self.wasm) != has(self.lua)',
  message: 'exactly one of wasm and lua is needed',
};

export type LuaExtension = Static<typeof luaExtension>;
export const luaExtension = message({ inlineCode: textOf({ minLength: 1, maxLength: 65_536 }) }, [
  'inlineCode',
]);

/** extensions.istio.io TrafficExtension, as written: a Wasm module or a Lua script in the path of requests. */
export type TrafficExtensionSpec = Static<typeof trafficExtensionSpec>;
export const trafficExtensionSpec = message(
  {
    selector: workloadSelector,
    targetRefs: targetReferences,
    phase: words('UNSPECIFIED', 'AUTHN', 'AUTHZ', 'STATS'),
    priority: nullable(int32),
    match: list(trafficSelector),
    wasm: wasmModule,
    lua: luaExtension,
  },
  [],
  { oneof: [['wasm', 'lua']], rules: [atMostOneOf('selector', 'targetRefs'), oneExtension] },
);
