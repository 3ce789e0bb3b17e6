import type { DescField, DescMessage } from '@bufbuild/protobuf';
import type { JsonObject, JsonValue } from '../codec.js';
import { typeUrlPrefix } from '../any.js';
import { knownMessages } from '../json-registry.js';
import { checkEnum, checkScalar } from './check-scalar.js';
import { isObject, JsonPlace, type JsonFault } from './json-fault.js';
import { wellKnownTypes } from './well-known-types.js';

/** How a value is looked at. */
export interface CheckOptions {
  /** Parts of a message, to be merged into another: what is required of a whole one is not asked for. */
  readonly partial?: boolean;
}

/**
 * Holds a JSON value against a message type by its full name: everything that is wrong, each at its place, where `fromJson`
 * throws at the first. Fields that this Envoy does not know are warnings, since a newer one may; so are deprecated fields,
 * and extensions that are named without their typed configuration. Durations may be written as Go does (`500ms`).
 *
 * @throws Error where there is no such message type
 */
export function checkJson(
  messageName: string,
  value: JsonValue,
  { partial = false }: CheckOptions = {},
): readonly JsonFault[] {
  const message = knownMessages().getMessage(messageName);
  if (message === undefined) throw new Error(`there is no message type ${messageName} in this Envoy`);
  const faults: JsonFault[] = [];
  checkMessage(message, value, { partial, place: new JsonPlace(faults) });
  return faults;
}

interface Scene {
  readonly partial: boolean;
  readonly place: JsonPlace;
}

function checkMessage(message: DescMessage, value: JsonValue, scene: Scene): void {
  if (message.typeName === 'google.protobuf.Any') {
    checkAny(value, scene);
    return;
  }
  const wellKnown = wellKnownTypes[message.typeName];
  if (wellKnown !== undefined) wellKnown(value, scene.place);
  else if (isObject(value)) checkFields(message, value, scene);
  else scene.place.expected('an object', value);
}

function checkFields(message: DescMessage, value: JsonObject, { partial, place }: Scene): void {
  const fields = fieldsOf(message);
  const oneofs = new Map<string, string>();
  for (const [name, given] of Object.entries(value)) {
    if (given === null) continue;
    const at = place.at(name);
    const field = fields.get(name);
    if (field === undefined) {
      at.warning(`${message.typeName} has no field "${name}"`);
      continue;
    }
    if (field.deprecated) at.warning(`${message.typeName} has "${name}" as a deprecated field`);
    const other = field.oneof && oneofs.get(field.oneof.name);
    if (other !== undefined) at.error(`cannot be set beside ${other}`);
    if (field.oneof) oneofs.set(field.oneof.name, name);
    checkField(field, given, { partial, place: at });
  }
  if (!partial && isUntyped(fields, value))
    place.warning(
      'has no typed_config: Envoy finds extensions by the type of their configuration, not by name',
    );
}

function checkField(field: DescField, value: JsonValue, scene: Scene): void {
  switch (field.fieldKind) {
    case 'list':
      if (!Array.isArray(value)) scene.place.expected('a list', value);
      else
        value.forEach((each: JsonValue, index) => {
          checkElement(field, each, { ...scene, place: scene.place.at(index) });
        });
      return;
    case 'map':
      if (!isObject(value)) scene.place.expected('an object', value);
      else
        for (const [key, each] of Object.entries(value))
          checkElement(field, each, { ...scene, place: scene.place.at(key) });
      return;
    default:
      checkElement(field, value, scene);
  }
}

/** One value of a field: the field's own, or one of its list or map. */
function checkElement(field: DescField, value: JsonValue, scene: Scene): void {
  if (field.message) checkMessage(field.message, value, scene);
  else if (field.enum) checkEnum(field.enum, value, scene.place);
  else checkScalar(field.scalar, value, scene.place);
}

function checkAny(value: JsonValue, { place }: Scene): void {
  if (!isObject(value)) {
    place.expected('an object with "@type"', value);
    return;
  }
  const { '@type': url, ...fields } = value;
  if (typeof url !== 'string') {
    place.error(
      'needs "@type", such as "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"',
    );
    return;
  }
  const name = url.startsWith(typeUrlPrefix) ? url.slice(typeUrlPrefix.length) : url;
  const message = knownMessages().getMessage(name);
  if (message === undefined) {
    const hint = /\.v2(?:alpha)?\./u.test(name) ? '; Envoy has v3 of its types only' : '';
    place.at('@type').error(`there is no type ${name} in this Envoy${hint}`);
  } else if (name === 'google.protobuf.Any' || wellKnownTypes[name] !== undefined) {
    checkMessage(message, fields['value'] ?? null, { partial: false, place: place.at('value') });
  } else {
    checkFields(message, fields, { partial: false, place });
  }
}

const extensionFields = ['typed_config', 'typedConfig', 'config_discovery', 'configDiscovery'];

function isUntyped(fields: ReadonlyMap<string, DescField>, value: JsonObject): boolean {
  return fields.has('typed_config') && !extensionFields.some((name) => (value[name] ?? null) !== null);
}

const fieldMaps = new WeakMap<DescMessage, ReadonlyMap<string, DescField>>();

/** Fields by both of their names. */
function fieldsOf(message: DescMessage): ReadonlyMap<string, DescField> {
  const found = fieldMaps.get(message);
  if (found !== undefined) return found;
  const made = new Map(
    message.fields.flatMap(
      (field) =>
        [
          [field.name, field],
          [field.jsonName, field],
        ] as const,
    ),
  );
  fieldMaps.set(message, made);
  return made;
}
