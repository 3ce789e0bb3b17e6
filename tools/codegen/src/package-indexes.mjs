import { posix } from 'node:path';

/**
 * One module per proto package that exports all of the package's files, `packages/envoy.config.core.v3.ts`: what a file of
 * Envoy happens to be called is of no interest to those who use its messages.
 *
 * @param {readonly import('./descriptor-outline.mjs').DescriptorOutline[]} files
 * @returns {Map<string, string>} path below the folder of generated files → text
 */
export function packageIndexes(files) {
  /** @type {Map<string, string[]>} */
  const filesOf = new Map();
  for (const { name, packageName } of files)
    filesOf.set(packageName, [...(filesOf.get(packageName) ?? []), name]);
  return new Map(
    [...filesOf].map(([packageName, names]) => [
      `packages/${packageName}.ts`,
      names
        .sort()
        .map((name) => `export * from "${posix.join('..', name).replace(/\.proto$/, '.js')}";\n`)
        .join(''),
    ]),
  );
}
