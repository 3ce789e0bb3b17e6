import { readField } from './wire.mjs';

/**
 * @typedef {object} DescriptorOutline
 * @property {string} name file name as imported
 * @property {string} packageName
 * @property {readonly string[]} messages names of the top-level messages
 */

const packageField = 2;
const messageField = 4;
const nameField = 1;

/**
 * @param {{ readonly name: string, readonly bytes: Uint8Array }} file
 * @returns {DescriptorOutline}
 */
export function outlineDescriptor({ name, bytes }) {
  const fields = fieldsOf(bytes);
  const packageName = fields.find(({ number }) => number === packageField);
  return {
    name,
    packageName: packageName === undefined ? '' : text(packageName.content),
    messages: fields.filter(({ number }) => number === messageField).map(({ content }) => nameOf(content)),
  };
}

/**
 * @param {Uint8Array} set a serialised google.protobuf.FileDescriptorSet
 * @returns {readonly { readonly name: string, readonly bytes: Uint8Array }[]}
 */
export function splitDescriptorSet(set) {
  return fieldsOf(set).map(({ content }) => ({ name: nameOf(content), bytes: content }));
}

/** @param {Uint8Array} message */
function nameOf(message) {
  const field = fieldsOf(message).find(({ number }) => number === nameField);
  return field === undefined ? '' : text(field.content);
}

/** @param {Uint8Array} bytes */
function text(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** @param {Uint8Array} message */
function fieldsOf(message) {
  const fields = [];
  for (let at = 0; at < message.length;) {
    const field = readField(message, at);
    if (field === undefined) throw new Error(`not a descriptor: no field at byte ${at}`);
    fields.push({ number: field.number, content: message.subarray(field.start, field.end) });
    at = field.end;
  }
  return fields;
}
