import { Struct } from '../gen/google/protobuf/struct.js';
import type { JsonObject } from './codec.js';

/**
 * For a Struct that stands alone, inside an Any for example. Fields of type Struct in other messages are a JsonObject already.
 */
export function structFromJson(json: JsonObject): Struct {
  return Struct.wrap(json);
}

/** @returns the plain values of a Struct that stands alone */
export function structToJson(struct: Struct): JsonObject {
  return Struct.unwrap(struct);
}
