import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { repository } from './read-docs.js';

/** Libraries that have no TypeScript for others: their example is a file of another kind, which a test of theirs runs. */
const withoutTypeScript = ['wasm-filters'];

/** What examples take as given, as a reader does. */
const given: Readonly<Record<string, string>> = {
  pki: "import type { Clock } from '@istio-ts/foundation';\ndeclare const clock: Clock;\n",
  'proxy-agent':
    "import type { Logger } from '@istio-ts/foundation';\ndeclare const logger: Logger;\ndeclare const signal: AbortSignal;\n",
  'xds-protocol': `import type { Clock } from '@istio-ts/foundation';
import type { ResourceSet } from '@istio-ts/xds-types';
declare const clock: Clock;
declare const clusters: ResourceSet;
declare function write(pieces: readonly Uint8Array[]): void;
`,
};

const libraries = readdirSync(join(repository, 'libs')).filter((name) => !withoutTypeScript.includes(name));

test('the README of every library has an example, and it compiles', () => {
  const examples = new Map(
    libraries.map((name) => [join(repository, 'libs', name, 'src/readme-example.ts'), exampleOf(name)]),
  );
  expect(typeErrors(examples)).toEqual([]);
}, 120_000);

function exampleOf(name: string): string {
  const readme = readFileSync(join(repository, 'libs', name, 'README.md'), 'utf8');
  const [, example] = /^```ts\n([^]*?)^```/mu.exec(readme) ?? [];
  return `${given[name] ?? ''}${example ?? `${name} has no example`}`;
}

/** Compiles files that are not there, each where its library would have it. */
function typeErrors(files: ReadonlyMap<string, string>): readonly string[] {
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  const parse = host.getSourceFile.bind(host);
  host.readFile = (file) => files.get(file) ?? read(file);
  host.fileExists = (file) => files.has(file) || exists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = files.get(file);
    return text === undefined ? parse(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(
      ({ messageText }) => `${dirname(dirname(file))}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

/** Those of the workspace, but for names that an example shows and does not use. */
function compilerOptions(): ts.CompilerOptions {
  const file = join(repository, 'tsconfig.base.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    repository,
  );
  return { ...options, noUnusedLocals: false };
}
