import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const protoc = require.resolve('protoc/protoc.cjs');
const tsProto = join(dirname(require.resolve('ts-proto/package.json')), 'protoc-gen-ts_proto');

/** What compiles under every strict flag of this repository, and leaves JSON to the descriptors (`libs/xds-types/src/json.ts`). */
const tsProtoOptions = [
  'oneof=unions-value',
  'enumsAsLiterals=true',
  'unrecognizedEnum=false',
  'useReadonlyTypes=true',
  'useOptionals=messages',
  'useTypeImport=true',
  'useDate=false',
  'useExactTypes=false',
  'initializeFieldsAsUndefined=false',
  'exportCommonSymbols=false',
  'importSuffix=.js',
  'outputJsonMethods=false',
  'outputTypeAnnotations=static-only',
  'outputServices=generic-definitions',
  'annotateFilesWithVersion=false',
];

/**
 * @typedef {object} ProtocInputs
 * @property {string} descriptorSet file with the descriptors that the proto files may import
 * @property {string} protoPath folder of the `.proto` files
 * @property {readonly string[]} files names as imported
 */

/**
 * Writes TypeScript for the given files.
 *
 * @param {ProtocInputs} inputs
 * @param {string} outFolder must exist
 */
export function generateTypeScript(inputs, outFolder) {
  runProtoc(inputs, [
    `--plugin=protoc-gen-ts_proto=${tsProto}`,
    `--ts_proto_out=${outFolder}`,
    `--ts_proto_opt=${tsProtoOptions.join(',')}`,
  ]);
}

/**
 * Writes the given files and all that they import as one google.protobuf.FileDescriptorSet. Unlike the descriptors in the
 * binary, these bear each field's JSON name.
 *
 * @param {ProtocInputs} inputs
 * @param {string} outFile
 */
export function compileDescriptors(inputs, outFile) {
  runProtoc(inputs, ['--include_imports', `--descriptor_set_out=${outFile}`]);
}

/**
 * @param {ProtocInputs} inputs
 * @param {readonly string[]} outputs
 * @throws {Error} with protoc's own words
 */
function runProtoc({ descriptorSet, protoPath, files }, outputs) {
  const args = [
    protoc,
    `--descriptor_set_in=${descriptorSet}`,
    `--proto_path=${protoPath}`,
    ...outputs,
    ...files,
  ];
  const result = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status !== 0)
    throw new Error(
      `protoc failed: ${result.stderr || result.error?.message || `exit status ${result.status}`}`,
    );
}
