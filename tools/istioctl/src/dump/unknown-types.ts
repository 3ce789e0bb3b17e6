import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import { isKnownType } from '@istio-ts/xds-types/json';

const structUrl = 'type.googleapis.com/google.protobuf.Struct';

/**
 * Makes a dump of another build of Envoy readable: every Any of a type that this one has not becomes a Struct that keeps
 * its type and fields. `restoreUnknownTypes` is the way back.
 */
export function wrapUnknownTypes(json: JsonValue): JsonValue {
  return mapObjects(json, (object) => {
    const type = object['@type'];
    return typeof type === 'string' && !isKnownType(type) ? { '@type': structUrl, value: object } : object;
  });
}

/** Takes the wrapping of `wrapUnknownTypes` away again. */
export function restoreUnknownTypes(json: JsonValue): JsonValue {
  return mapObjects(json, (object) => {
    const { value } = object;
    return object['@type'] === structUrl && isObject(value) && '@type' in value ? value : object;
  });
}

/** Every object replaced by what the function makes of it, inner ones first. */
function mapObjects(json: JsonValue, replace: (object: JsonObject) => JsonObject): JsonValue {
  if (Array.isArray(json)) return json.map((item: JsonValue) => mapObjects(item, replace));
  if (!isObject(json)) return json;
  return replace(
    Object.fromEntries(Object.entries(json).map(([key, value]) => [key, mapObjects(value, replace)])),
  );
}

export function isObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
