import type { Static } from '@sinclair/typebox';
import { anyObject, integer, list, message, text, textOf, words, type Rule } from '../../schema/builders.js';

const scheme: Rule = {
  rule:
    "(isURL(self) || isURL('http://' + self)) &&" +
    " url(isURL(self) ? self : 'http://' + self).getScheme() in ['', 'http', 'https', 'file', 'oci']",
  message: 'a URL with http, https, file or oci, or the name of an image',
};

const hostHasNoValue: Rule = {
  rule: "!(has(self.valueFrom) && self.valueFrom == 'HOST' && has(self.value))",
  message: 'a variable taken from the host has no value of its own',
};

export type WasmEnvVar = Static<typeof wasmEnvVar>;
/** An environment variable of the module's virtual machine. */
export const wasmEnvVar = message(
  {
    name: textOf({ minLength: 1, maxLength: 256 }),
    valueFrom: words('INLINE', 'HOST'),
    value: textOf({ maxLength: 2048 }),
  },
  ['name'],
  { rules: [hostHasNoValue] },
);

/** Where a Wasm module comes from and how it is run: the fields of WasmPlugin, and of `wasm` in a TrafficExtension. */
export const wasmFields = {
  url: textOf({ minLength: 1, rules: [scheme] }),
  sha256: textOf({ pattern: '(^$|^[a-f0-9]{64}$)' }),
  imagePullPolicy: words('UNSPECIFIED_POLICY', 'IfNotPresent', 'Always'),
  imagePullSecret: textOf({ minLength: 1, maxLength: 253 }),
  verificationKey: text,
  pluginConfig: anyObject,
  pluginName: textOf({ minLength: 1, maxLength: 256 }),
  failStrategy: words('FAIL_CLOSE', 'FAIL_OPEN', 'FAIL_RELOAD'),
  vmConfig: message({ env: list(wasmEnvVar, { maxItems: 256, key: 'name' }) }),
  type: words('UNSPECIFIED_PLUGIN_TYPE', 'HTTP', 'NETWORK'),
};

export type WasmModule = Static<typeof wasmModule>;
export const wasmModule = message(wasmFields, ['url']);

export type TrafficSelector = Static<typeof trafficSelector>;
/** The traffic that an extension sees: by direction and port. */
export const trafficSelector = message({
  mode: words('UNDEFINED', 'CLIENT', 'SERVER', 'CLIENT_AND_SERVER'),
  ports: list(message({ number: integer(1, 65_535) }, ['number']), { key: 'number' }),
});
