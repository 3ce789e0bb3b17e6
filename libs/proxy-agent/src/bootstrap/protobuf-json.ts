import type { JsonObject, JsonValue } from '@istio-ts/xds-types';

/**
 * The bootstrap is written as protobuf JSON in Envoy's own field names rather than through generated messages: printing those
 * needs every descriptor of Envoy in memory, 35 MB for each pod, for one file. Tests read the result back into the
 * generated message, which knows every field, and Envoy validates it.
 */
export function typed(type: string, fields: JsonObject = {}): JsonObject {
  return { '@type': `type.googleapis.com/${type}`, ...fields };
}

/** A named extension with its configuration. */
export function extension(name: string, type: string, fields: JsonObject = {}): JsonObject {
  return { name, typed_config: typed(type, fields) };
}

export function socketAddress(address: string, port: number): JsonObject {
  return { socket_address: { protocol: 'TCP', address, port_value: port } };
}

/** Fields whose value is undefined are left out, as in a message they would be unset. */
export function present(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
