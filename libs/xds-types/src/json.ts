import {
  fromBinary,
  fromJson as readJson,
  toBinary,
  toJson as writeJson,
  type DescMessage,
  type JsonValue as ProtobufJson,
  type Registry,
} from '@bufbuild/protobuf';
import type { Any } from '../gen/google/protobuf/any.js';
import { typeUrlPrefix } from './any.js';
import type { JsonObject, JsonValue, MessageFns } from './codec.js';
import { knownAndUnknownMessages, knownMessages } from './json-registry.js';

export { checkJson, type CheckOptions } from './json-check/check-json.js';
export type { JsonFault } from './json-check/json-fault.js';

/** How a message is printed. */
export interface JsonOptions {
  /** `camelCase` is what Istio's and Envoy's own dumps are read with in Go; `snake_case` is how Envoy's admin interface prints. */
  readonly fieldNames?: 'camelCase' | 'snake_case';
}

/** How strictly JSON is read. */
export interface ReadOptions {
  /** `ignore` is for answers of a newer Envoy, which may have fields that this one has not. Default: `refuse`. */
  readonly unknownFields?: 'refuse' | 'ignore';
}

/** Whether messages of this type URL can be read and printed; a dump of another build of Envoy may have more. */
export function isKnownType(typeUrl: string): boolean {
  return knownMessages().getMessage(nameOf(typeUrl)) !== undefined;
}

/**
 * A message as canonical protobuf JSON, as `envoy -c` and every other protobuf library read it. Each Any, at any depth, is
 * decoded and bears `@type` first; one whose type this Envoy does not know is its `@type` alone.
 *
 * @throws Error where an Any's bytes are no message of its type
 */
export function toJson<T>(codec: MessageFns<T, string>, message: T, options: JsonOptions = {}): JsonValue {
  return bytesToJson(codec.$type, codec.encode(message).finish(), options);
}

/** As `toJson`, for an Any: the message with its `@type`. */
export function anyToJson(any: Any, options: JsonOptions = {}): JsonObject {
  const json = bytesToJson(nameOf(any.typeUrl), any.value, options);
  return isPlainObject(json) ? { '@type': any.typeUrl, ...json } : { '@type': any.typeUrl, value: json };
}

/**
 * The message that protobuf JSON describes; field names in camelCase or snake_case, Any as an object with `@type`.
 *
 * @throws Error naming the field that is unknown or has a wrong value
 */
export function fromJson<T>(codec: MessageFns<T, string>, json: JsonValue, options: ReadOptions = {}): T {
  return codec.decode(jsonToBytes(codec.$type, json, options));
}

/**
 * As `fromJson`, for an object with `@type`.
 *
 * @throws Error also where `@type` is missing or unknown
 */
export function anyFromJson(json: JsonObject, options: ReadOptions = {}): Any {
  const { '@type': typeUrl, ...fields } = json;
  if (typeof typeUrl !== 'string')
    throw new Error('an Any needs "@type", such as "type.googleapis.com/envoy.config.core.v3.Node"');
  const name = nameOf(typeUrl);
  return {
    typeUrl,
    value: jsonToBytes(name, hasValueForm(name) ? (fields['value'] ?? null) : fields, options),
  };
}

/** Names of messages whose JSON is not an object with their fields, so that an Any wraps it as `value`. */
const valueForms =
  /^google\.protobuf\.(Any|Duration|Timestamp|FieldMask|Struct|Value|ListValue|(Bool|String|Bytes|Double|Float|U?Int32|U?Int64)Value)$/;

function hasValueForm(name: string): boolean {
  return valueForms.test(name);
}

function bytesToJson(name: string, bytes: Uint8Array, { fieldNames }: JsonOptions): JsonValue {
  const registry = knownAndUnknownMessages();
  const schema = schemaOf(registry, name);
  const json = writeJson(schema, fromBinary(schema, bytes), {
    registry,
    useProtoFieldName: fieldNames === 'snake_case',
  });
  return typeFirst(json);
}

function jsonToBytes(name: string, json: JsonValue, { unknownFields }: ReadOptions): Uint8Array {
  const registry = knownMessages();
  const schema = schemaOf(registry, name);
  const options = { registry, ignoreUnknownFields: unknownFields === 'ignore' };
  return toBinary(schema, readJson(schema, json as ProtobufJson, options));
}

function schemaOf(registry: Registry, name: string): DescMessage {
  const schema = registry.getMessage(name);
  if (schema === undefined) throw new Error(`there is no message type ${name} in this Envoy`);
  return schema;
}

function nameOf(typeUrl: string): string {
  return typeUrl.startsWith(typeUrlPrefix) ? typeUrl.slice(typeUrlPrefix.length) : typeUrl;
}

/** Puts `@type` where a reader looks for it. */
function typeFirst(json: JsonValue): JsonValue {
  if (Array.isArray(json)) return json.map((item: JsonValue) => typeFirst(item));
  if (!isPlainObject(json)) return json;
  const fields = Object.entries(json).map(([key, value]): [string, JsonValue] => [key, typeFirst(value)]);
  const type = json['@type'];
  return type === undefined ? Object.fromEntries(fields) : { '@type': type, ...Object.fromEntries(fields) };
}

function isPlainObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
