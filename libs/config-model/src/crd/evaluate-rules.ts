import type { CelInput } from '@bufbuild/cel';
import type { TSchema } from '@sinclair/typebox';
import type { ApiServerRules } from '../api-server-rules.js';
import type { Place } from '../place.js';
import { rulesKeyword, type Rule } from '../schema/builders.js';
import { jsonName } from '../schema/json-name.js';
import { isPlainObject, type PlainObject } from '../schema/plain-object.js';
import { expressionFault, planRule } from './cel-environment.js';

/** What an API server that has our CRDs says beyond types and bounds. */
export const apiServerRules: ApiServerRules = { check, expressionFault };

interface RuledNode extends TSchema {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly additionalProperties?: boolean | TSchema;
  readonly [rulesKeyword]?: readonly Rule[];
}

function check(schema: TSchema, value: unknown, place: Place): void {
  const node = schema as RuledNode;
  if (value === undefined) return;
  if (value === null) {
    if (node.nullable !== true) place.error('is null; leave it out');
    return;
  }
  checkChildren(node, value, place);
  for (const { rule, message } of node[rulesKeyword] ?? []) {
    if (!planRule(rule)(toCel(schema, value))) place.error(message);
  }
}

function checkChildren(node: RuledNode, value: unknown, place: Place): void {
  if (Array.isArray(value)) {
    const { items } = node;
    if (items) for (const [index, each] of value.entries()) check(items, each, place.at(index));
  } else if (isPlainObject(value)) {
    checkNames(node, value, place);
    for (const [key, schema] of childrenOf(node, value)) check(schema, value[key], place.at(key));
  }
}

/** Istio reads the names of its protos too; an API server knows the names of the CRD alone. */
function checkNames({ properties, additionalProperties }: RuledNode, value: PlainObject, place: Place): void {
  if (properties === undefined || additionalProperties !== false) return;
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(properties, name) || !Object.hasOwn(properties, jsonName(name))) continue;
    place.at(name).error(`an API server knows this field as ${jsonName(name)}`);
  }
}

function childrenOf(
  { properties, additionalProperties }: RuledNode,
  value: PlainObject,
): readonly (readonly [string, TSchema])[] {
  const keys = Object.keys(value);
  if (typeof additionalProperties === 'object')
    return keys.map((key) => [key, additionalProperties] as const);
  return keys.flatMap((key) => {
    const schema = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
    return schema === undefined ? [] : [[key, schema] as const];
  });
}

/** The value as CEL sees it: objects are maps, whole numbers are `int` where the schema says so, nulls are absent. */
function toCel(schema: TSchema, value: unknown): CelInput {
  const node = schema as RuledNode;
  if (Array.isArray(value)) return value.map((each) => toCel(node.items ?? schema, each));
  if (isPlainObject(value)) {
    const entries = childrenOf(node, value).filter(
      ([key]) => value[key] !== null && value[key] !== undefined,
    );
    return new Map(entries.map(([key, child]) => [key, toCel(child, value[key])] as const));
  }
  if (typeof value === 'number' && node.type === 'integer') return BigInt(value);
  return value as CelInput;
}
