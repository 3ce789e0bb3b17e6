import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { typeUrlOf, unpackAny, type JsonObject, type JsonValue, type MessageFns } from '@istio-ts/xds-types';
import { fromJson, toJson } from '@istio-ts/xds-types/json';
import { isObject, restoreUnknownTypes, wrapUnknownTypes } from './unknown-types.js';

type Any = Parameters<typeof unpackAny>[0];

/**
 * Envoy's `/config_dump`. A section is decoded when it is asked for: a dump is large, and a command looks at one or two.
 */
export interface ConfigDump {
  readonly configs: readonly JsonObject[];
}

/**
 * @param text of Envoy's admin interface or of istiod; field names in snake_case or camelCase
 * @param source for the message, `dump.json`
 * @throws MeshError (PROTOCOL) where it is no dump
 */
export function parseConfigDump(text: string, source: string): ConfigDump {
  const json = parseObject(text, source);
  const configs = json['configs'] ?? [];
  if (!Array.isArray(configs)) throw noDump(source, '"configs" is not a list');
  return { configs: configs.filter((config: JsonValue) => isObject(config)) };
}

/**
 * @param text a JSON object
 * @throws MeshError (PROTOCOL) where it is something else
 */
export function parseObject(text: string, source: string): JsonObject {
  let json: JsonValue;
  try {
    json = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw noDump(source, MeshError.from(cause).message);
  }
  if (isObject(json)) return json;
  throw noDump(source, 'it holds no JSON object');
}

function noDump(source: string, reason: string): MeshError {
  return new MeshError(
    MeshErrorCode.Protocol,
    `${source} is no answer of Envoy's admin interface: ${reason}; take one with "pilot-agent request GET config_dump?include_eds"`,
  );
}

/**
 * The part of a dump that holds one kind of configuration.
 *
 * @param codec `admin.ClustersConfigDump`
 * @throws MeshError (PROTOCOL) where the dump has none, in the words of istioctl, or where it cannot be read
 */
export function sectionOf<T>(dump: ConfigDump, codec: MessageFns<T, string>): T {
  const found = findSection(dump, codec);
  if (found !== undefined) return found;
  throw new MeshError(MeshErrorCode.Protocol, `config dump has no configuration type ${typeUrlOf(codec)}`);
}

/** As `sectionOf`, undefined where the dump has no such part. */
export function findSection<T>(dump: ConfigDump, codec: MessageFns<T, string>): T | undefined {
  const parts = dump.configs
    .filter((config) => config['@type'] === typeUrlOf(codec))
    .map(({ '@type': _type, ...fields }) => readMessage(codec, fields));
  if (parts.length < 2) return parts[0];
  // Envoy may write several sections of one kind, each with its share; messages one after another are one merged.
  return codec.decode(Buffer.concat(parts.map((part) => codec.encode(part).finish())));
}

/** @throws MeshError (PROTOCOL) naming the field that cannot be read */
export function readMessage<T>(codec: MessageFns<T, string>, json: JsonObject): T {
  try {
    return fromJson(codec, wrapUnknownTypes(json), { unknownFields: 'ignore' });
  } catch (cause) {
    throw MeshError.from(cause, `reading ${codec.$type}`);
  }
}

/** A message for programs: camelCase, every Any decoded, what this Envoy does not know as it came. */
export function printMessage<T>(codec: MessageFns<T, string>, message: T): JsonValue {
  return restoreUnknownTypes(toJson(codec, message));
}

/** The resource in an entry of a dump; `undefined` where there is none or one of another type. */
export function resourceIn<T>(any: Any | undefined, codec: MessageFns<T, string>): readonly T[] {
  const message = any === undefined ? undefined : unpackAny(any, codec);
  return message === undefined ? [] : [message];
}
