import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pinned } from './pinned-envoy.mjs';

const require = createRequire(import.meta.url);

/**
 * A hash over all that decides what is generated: the pinned Envoy, the tools' versions, this program and our own protos.
 *
 * @param {string} protoPath folder of our own `.proto` files
 * @returns {Promise<string>}
 */
export async function inputFingerprint(protoPath) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ name, /** @type {string} */ content) =>
    hash.update(`${name}\0${content.length}\0${content}\0`);
  add('envoy', JSON.stringify(pinned));
  for (const tool of ['ts-proto', 'protoc']) add(tool, require(`${tool}/package.json`).version);
  for (const folder of [import.meta.dirname, protoPath]) {
    for (const path of (await readdir(folder, { recursive: true })).sort()) {
      if (/(?<!\.test)\.(mjs|proto)$/.test(path)) add(path, await readFile(join(folder, path), 'utf8'));
    }
  }
  return hash.digest('hex');
}
