import { posix } from 'node:path';

/** Where the hand-written part of xds-types stands, seen from the folder of generated files. */
const sourceFromGen = '../src';

const sharedTypes = ['DeepPartial', 'MessageFns', 'JsonObject', 'JsonValue'];

/**
 * Changes what ts-proto has no option for:
 *
 * - maps are encoded in the order of their keys, so that equal messages have equal bytes;
 * - `Struct` and `Value` are `JsonObject` and `JsonValue` instead of `any`;
 * - `create` takes the given fields as they are, where ts-proto copies every nested message: building a tree from parts
 *   costs its own level only, and a part keeps its identity (`fromPartial` still fills in all levels);
 * - types repeated in every file come from one;
 * - the raw bytes of method options are left out.
 *
 * @param {string} path relative to the folder of generated files
 * @param {string} text as ts-proto wrote it
 * @returns {string}
 * @throws {Error} when ts-proto's output has another shape than this function knows
 */
export function refineGenerated(path, text) {
  let refined = text
    .replace(/\ntype Builtin = [\s\S]*?\n {2}: Partial<T>;\n/, '')
    .replace(/\ninterface MessageFns<[\s\S]*?\n}\n/, '')
    .replace(
      /globalThis\.Object\.entries\((message\.\w+)\)\.forEach\(/g,
      'globalThis.Object.entries($1).sort(byKey).forEach(',
    )
    .replace(
      /create\(\s*base\?: DeepPartial<(\w+)>,?\s*\): \w+ \{\s+return \w+\.fromPartial\(base \?\? \{\}\);/g,
      'create(fields?: Partial<$1>): $1 {\n    return globalThis.Object.assign(createBase$1(), fields);',
    )
    .replace(/( *)options: \{\n\s+_unknownFields: \{[\s\S]*?\n\1\},\n/g, '$1options: {},\n')
    .replace(/^ {2}readonly .*(?:\n {4}.*)*;$/gm, refineField);
  refined = addImports(path, refined);
  assertRefined(path, refined);
  return refined;
}

/**
 * Maps become readonly, all but `Struct.fields`: ts-proto's own code for Struct fills that one in place.
 *
 * @param {string} field a field of an interface, over one or several lines
 */
function refineField(field) {
  return field
    .replaceAll(/\{ readonly \[key: string\]: any \}/g, 'JsonObject')
    .replaceAll(/(?<!readonly fields: )\{ \[key: string\]:/g, '{ readonly [key: string]:')
    .replaceAll(/(?<!")\bany\b(?!")/g, 'JsonValue');
}

/**
 * @param {string} path
 * @param {string} text
 */
function addImports(path, text) {
  const source = posix.relative(posix.dirname(path), sourceFromGen);
  const types = sharedTypes.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  const imports = [
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from "${source}/codec.js";`] : []),
    ...(text.includes('.sort(byKey)') ? [`import { byKey } from "${source}/by-key.js";`] : []),
  ];
  return text.replace(
    '/* eslint-disable */\n',
    `/* eslint-disable */\n${imports.map((line) => `${line}\n`).join('')}`,
  );
}

/**
 * @param {string} path
 * @param {string} text
 */
function assertRefined(path, text) {
  const leftovers = [
    /entries\(message\.\w+\)\.forEach/,
    /return \w+\.fromPartial\(base/,
    /\ninterface MessageFns/,
    /\ntype DeepPartial/,
    /^ {2}readonly .*(?<!")\bany\b(?!")/m,
    /_unknownFields/,
  ];
  for (const pattern of leftovers) {
    const found = pattern.exec(text);
    if (found !== null)
      throw new Error(
        `ts-proto writes what codegen does not know how to refine: ${path}: ${found[0].trim()}`,
      );
  }
}
