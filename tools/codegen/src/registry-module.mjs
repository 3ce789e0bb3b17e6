/**
 * The table of all codecs by full message name, for those who meet an `Any` of unknown content.
 *
 * @param {readonly import('./descriptor-outline.mjs').DescriptorOutline[]} files
 * @returns {string} text of `registry.ts`
 */
export function registryModule(files) {
  const imports = [];
  const rows = [];
  for (const { name, packageName, messages } of files) {
    const aliases = messages.map((message, index) => ({ message, alias: `m${rows.length + index}` }));
    const names = aliases.map(({ message, alias }) => `${message} as ${alias}`);
    if (names.length > 0)
      imports.push(`import { ${names.join(', ')} } from "./${name.replace(/\.proto$/, '.js')}";\n`);
    rows.push(...aliases.map(({ message, alias }) => `  "${packageName}.${message}": typeof ${alias};\n`));
  }
  const values = rows.map((row) =>
    row.replace('typeof ', '').replace(';\n', ',\n').replace('  readonly ', '  '),
  );
  const types = rows.map((row) => row.replace('  "', '  readonly "'));
  return [
    '/* eslint-disable */\n',
    ...imports,
    '\n/** Codecs of all top-level messages by full name. */\n',
    'export interface CodecsByName {\n',
    ...types,
    '}\n\nexport const codecsByName: CodecsByName = {\n',
    ...values,
    '};\n',
  ].join('');
}
