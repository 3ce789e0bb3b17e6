import { readField, varint } from './wire.mjs';

/** Wire type of each field of google.protobuf.FileDescriptorProto. */
const wireTypes = new Map([
  [1, 2], // name
  [2, 2], // package
  [3, 2], // dependency
  [4, 2], // message_type
  [5, 2], // enum_type
  [6, 2], // service
  [7, 2], // extension
  [8, 2], // options
  [9, 2], // source_code_info
  [10, 0], // public_dependency
  [11, 0], // weak_dependency
  [12, 2], // syntax
  [14, 0], // edition
  [15, 2], // option_dependency
]);
const repeated = new Set([3, 4, 5, 6, 7, 10, 11, 15]);
const nameField = 1;
const dependencyField = 3;
const suffix = Buffer.from('.proto');
/** Longest name whose length fits one byte: all of Envoy's do. */
const longestName = 127;

/**
 * @typedef {object} FileDescriptor
 * @property {string} name as imported: `envoy/config/core/v3/base.proto`
 * @property {readonly string[]} dependencies names of the files that it imports
 * @property {Buffer} bytes a serialised google.protobuf.FileDescriptorProto
 */

/**
 * Reads every FileDescriptorProto that lies in a program linked with protobuf's C++ library. Such a descriptor begins with
 * its own file name (field 1) and goes on with fields in ascending order; it ends where the next bytes are no such field.
 * A name is also found inside other descriptors, so the longest reading of each name is taken.
 *
 * @param {Buffer} program
 * @returns {Map<string, FileDescriptor>} by name
 */
export function extractDescriptors(program) {
  /** @type {Map<string, FileDescriptor>} */
  const found = new Map();
  for (let at = program.indexOf(suffix); at !== -1; at = program.indexOf(suffix, at + 1)) {
    const start = descriptorStart(program, at + suffix.length);
    if (start === undefined) continue;
    const descriptor = readDescriptor(program, start);
    if (descriptor.bytes.length > (found.get(descriptor.name)?.bytes.length ?? 0))
      found.set(descriptor.name, descriptor);
  }
  return found;
}

/**
 * @param {Buffer} program
 * @param {number} nameEnd
 * @returns {number | undefined} where `0A <length> <name>` begins whose name ends at `nameEnd`
 */
function descriptorStart(program, nameEnd) {
  for (let nameStart = nameEnd - 1; nameEnd - nameStart <= longestName && nameStart >= 2; nameStart--) {
    if (!isNameByte(program[nameStart])) return undefined;
    if (program[nameStart - 1] === nameEnd - nameStart && program[nameStart - 2] === 0x0a)
      return nameStart - 2;
  }
  return undefined;
}

/** @param {number | undefined} byte */
function isNameByte(byte) {
  return byte !== undefined && /[\w./-]/.test(String.fromCharCode(byte));
}

/**
 * @param {Buffer} program
 * @param {number} start
 * @returns {FileDescriptor}
 */
function readDescriptor(program, start) {
  let name = '';
  const dependencies = [];
  let end = start;
  let last = 0;
  for (;;) {
    const field = readField(program, end);
    if (field === undefined || wireTypes.get(field.number) !== field.wireType) break;
    if (field.number < last || (field.number === last && !repeated.has(field.number))) break;
    if (field.number === nameField) name = program.toString('latin1', field.start, field.end);
    if (field.number === dependencyField)
      dependencies.push(program.toString('latin1', field.start, field.end));
    last = field.number;
    end = field.end;
  }
  return { name, dependencies, bytes: program.subarray(start, end) };
}

/**
 * The wanted files and all that they import.
 *
 * @param {ReadonlyMap<string, FileDescriptor>} all
 * @param {Iterable<string>} wanted
 * @returns {readonly FileDescriptor[]} imports before importers
 * @throws {Error} naming the file that is missing, and who wants it
 */
export function dependencyClosure(all, wanted) {
  /** @type {Map<string, FileDescriptor>} */
  const closure = new Map();
  const visit = (/** @type {string} */ name, /** @type {string} */ importer) => {
    if (closure.has(name)) return;
    const file = all.get(name);
    if (file === undefined)
      throw new Error(`the Envoy binary does not carry ${name}, which ${importer} needs`);
    for (const dependency of file.dependencies) visit(dependency, name);
    closure.set(name, file);
  };
  for (const name of wanted) visit(name, 'istio-ts');
  return [...closure.values()];
}

/**
 * @param {Iterable<FileDescriptor>} files
 * @returns {Buffer} a serialised google.protobuf.FileDescriptorSet
 */
export function encodeDescriptorSet(files) {
  const parts = [];
  for (const { bytes } of files) parts.push(Uint8Array.of(0x0a), varint(bytes.length), bytes);
  return Buffer.concat(parts);
}
