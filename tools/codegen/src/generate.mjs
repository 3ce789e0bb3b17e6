#!/usr/bin/env node
import { mkdtemp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { outlineDescriptor, splitDescriptorSet } from './descriptor-outline.mjs';
import { dependencyClosure, encodeDescriptorSet, extractDescriptors } from './extract-descriptors.mjs';
import { inputFingerprint } from './input-fingerprint.mjs';
import { expandEntries, knownToJson, meshProtos, withoutMessages } from './mesh-protos.mjs';
import { packageIndexes } from './package-indexes.mjs';
import { EnvoyError, findPinnedEnvoy } from './pinned-envoy.mjs';
import { compileDescriptors, generateTypeScript } from './protoc.mjs';
import { refineGenerated } from './refine-generated.mjs';
import { registryModule } from './registry-module.mjs';

const root = join(import.meta.dirname, '../../..');
const protoPath = join(root, 'libs/xds-types/proto');
const genFolder = join(root, 'libs/xds-types/gen');
const stampName = 'inputs.sha256';

const say = (/** @type {string} */ line) => void process.stderr.write(`xds-types: ${line}\n`);

/** Writes `libs/xds-types/gen`, or leaves it where nothing that goes into it has changed. */
async function generate() {
  const fingerprint = await inputFingerprint(protoPath);
  if ((await readFile(join(genFolder, stampName), 'utf8').catch(() => '')) === fingerprint) {
    say('gen is up to date');
    return;
  }
  const envoy = await findPinnedEnvoy({ say });
  say(`reading message descriptors out of ${envoy}`);
  const carried = extractDescriptors(await readFile(envoy));
  const scratch = await mkdtemp(join(tmpdir(), 'istio-ts-codegen-'));
  const staging = `${genFolder}-${process.pid}`;
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging);
    await writeModules(carried, scratch, staging);
    await writeFile(join(staging, stampName), fingerprint);
    await rm(genFolder, { recursive: true, force: true });
    await rename(staging, genFolder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * @param {ReadonlyMap<string, import('./extract-descriptors.mjs').FileDescriptor>} carried by the Envoy binary
 * @param {string} scratch folder for protoc's inputs
 * @param {string} out
 */
async function writeModules(carried, scratch, out) {
  const known = dependencyClosure(carried, [...carried.keys()].filter(knownToJson));
  const ofEnvoy = dependencyClosure(carried, expandEntries(meshProtos, carried.keys()));
  const own = (await filesBelow(protoPath)).filter((path) => path.endsWith('.proto'));
  const descriptorSet = join(scratch, 'envoy.binpb');
  await writeFile(descriptorSet, encodeDescriptorSet(known));

  const everything = await compileEverything(
    { descriptorSet, protoPath, files: [...known.map(({ name }) => name), ...own] },
    scratch,
  );
  const wanted = new Set([
    ...ofEnvoy.map(({ name }) => name).filter((name) => !withoutMessages(name)),
    ...own,
  ]);
  const outlines = splitDescriptorSet(everything)
    .filter(({ name }) => wanted.has(name))
    .map(outlineDescriptor);

  say(`generating TypeScript for ${outlines.length} of ${carried.size} files`);
  generateTypeScript({ descriptorSet, protoPath, files: [...wanted] }, out);
  await refineAll(out, wanted);
  for (const [path, text] of packageIndexes(outlines)) await writeModule(join(out, path), text);
  await writeModule(join(out, 'registry.ts'), registryModule(outlines));
  await writeModule(join(out, 'descriptors.ts'), descriptorsModule(everything));
}

/**
 * @param {import('./protoc.mjs').ProtocInputs} inputs
 * @param {string} scratch
 */
async function compileEverything(inputs, scratch) {
  const path = join(scratch, 'everything.binpb');
  compileDescriptors(inputs, path);
  return readFile(path);
}

/**
 * @param {string} out
 * @param {ReadonlySet<string>} wanted proto files; ts-proto also writes files that are only imported for their options
 */
async function refineAll(out, wanted) {
  for (const path of await filesBelow(out)) {
    const file = join(out, path);
    if (wanted.has(path.replace(/\.ts$/, '.proto')))
      await writeFile(file, refineGenerated(path, await readFile(file, 'utf8')));
    else await rm(file);
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
async function writeModule(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** @param {Buffer} descriptorSet */
function descriptorsModule(descriptorSet) {
  const what =
    'google.protobuf.FileDescriptorSet of all that the pinned Envoy speaks and of our own files, base64.';
  return `/** ${what} */\nexport const descriptors: string =\n  "${descriptorSet.toString('base64')}";\n`;
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} paths relative to the folder, sorted
 */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

try {
  await generate();
} catch (error) {
  if (!(error instanceof EnvoyError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
