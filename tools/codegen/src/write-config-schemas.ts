/**
 * `write-config-schemas.ts crds|schemas DIR`: the CRDs of Istio's kinds, one YAML file each, or JSON Schemas for editors, one
 * a kind and `manifest.json` for files of mixed kinds. The folder is written anew.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editorSchemas, manifestSchema, renderCrds } from '@istio-ts/config-model/crd';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

const [what, dir] = process.argv.slice(2);

function filesOf(wanted: string | undefined): readonly (readonly [name: string, text: string])[] {
  if (wanted === 'crds') return [...renderCrds()].map(([name, text]) => [`${name}.yaml`, text] as const);
  if (wanted !== 'schemas')
    throw new MeshError(MeshErrorCode.Usage, 'usage: write-config-schemas.ts crds|schemas DIR');
  const schemas = [...editorSchemas()].map(([kind, schema]) => [kind, schema] as const);
  return [...schemas, ['manifest', manifestSchema()] as const].map(
    ([name, schema]) => [`${name}.json`, `${JSON.stringify(schema, null, 2)}\n`] as const,
  );
}

try {
  const files = filesOf(what);
  const folder = dir ?? '.';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  process.stdout.write(`${files.length} files in ${folder}\n`);
} catch (error) {
  process.stderr.write(`${MeshError.from(error).message}\n`);
  process.exitCode = 1;
}
