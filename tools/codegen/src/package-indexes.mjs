import { posix } from 'node:path';

/**
 * One module per proto package that exports all of the package's files, `packages/envoy.config.core.v3.ts`: what a file of
 * Envoy happens to be called is of no interest to those who use its messages.
 *
 * @param {ReadonlyMap<string, string>} packageOf proto file name → package
 * @returns {Map<string, string>} path below the folder of generated files → text
 */
export function packageIndexes(packageOf) {
  /** @type {Map<string, string[]>} */
  const filesOf = new Map();
  for (const [file, name] of [...packageOf].sort()) filesOf.set(name, [...(filesOf.get(name) ?? []), file]);
  return new Map(
    [...filesOf].map(([name, files]) => [
      `packages/${name}.ts`,
      files.map((file) => `export * from "${posix.join('..', file).replace(/\.proto$/, '.js')}";\n`).join(''),
    ]),
  );
}
