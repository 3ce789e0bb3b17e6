#!/usr/bin/env node
import { mkdtemp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { findPinnedEnvoy } from '../../envoy/src/find-envoy.mjs';
import { EnvoyError } from '../../envoy/src/envoy-error.mjs';
import { outlineDescriptor, splitDescriptorSet } from './descriptor-outline.mjs';
import { dependencyClosure, encodeDescriptorSet, extractDescriptors } from './extract-descriptors.mjs';
import { inputFingerprint } from './input-fingerprint.mjs';
import { expandEntries, knownToJson, meshProtos, withoutMessages } from './mesh-protos.mjs';
import { packageIndexes } from './package-indexes.mjs';
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
  const descriptorSet = join(scratch, 'envoy.binpb');
  const ownDescriptors = join(scratch, 'own.binpb');
  const known = dependencyClosure(carried, [...carried.keys()].filter(knownToJson));
  await writeFile(descriptorSet, encodeDescriptorSet(known));

  const ownFiles = await protoFilesBelow(protoPath);
  compileDescriptors({ descriptorSet, protoPath, files: ownFiles }, ownDescriptors);
  const own = splitDescriptorSet(await readFile(ownDescriptors));
  const ofEnvoy = dependencyClosure(carried, expandEntries(meshProtos, carried.keys())).filter(
    ({ name }) => !withoutMessages(name),
  );

  const outlines = [...ofEnvoy, ...own].map(outlineDescriptor);
  say(`generating TypeScript for ${outlines.length} of ${carried.size} files`);
  generateTypeScript({ descriptorSet, protoPath, files: outlines.map(({ name }) => name) }, out);
  const wanted = new Set(outlines.map(({ name }) => name.replace(/\.proto$/, '.ts')));
  for (const path of await filesBelow(out)) {
    // ts-proto also writes files that are only imported for their options.
    if (!wanted.has(path)) await rm(join(out, path));
    else await writeFile(join(out, path), refineGenerated(path, await readFile(join(out, path), 'utf8')));
  }
  for (const [path, text] of packageIndexes(
    new Map(outlines.map(({ name, packageName }) => [name, packageName])),
  )) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), text);
  }
  await writeFile(join(out, 'registry.ts'), registryModule(outlines));
  const everything = Buffer.concat([encodeDescriptorSet(known), await readFile(ownDescriptors)]);
  await writeFile(
    join(out, 'descriptors.ts'),
    `/** google.protobuf.FileDescriptorSet of all that the pinned Envoy speaks and of our own files, base64. */\nexport const descriptors: string =\n  "${everything.toString('base64')}";\n`,
  );
}

/** @param {string} folder */
async function protoFilesBelow(folder) {
  return (await filesBelow(folder)).filter((path) => path.endsWith('.proto'));
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
