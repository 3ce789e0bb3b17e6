import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The texts of the codes that a program raises itself: what its file `src/issue-code-texts.ts` exports as
 * `issueCodeTexts`. Programs export nothing as packages, so their tables are found by that name.
 *
 * @returns {Promise<readonly { program: string, texts: Readonly<Record<string, import('@istio-ts/config-model').CodeText>> }[]>}
 */
export async function readProgramTexts() {
  const tables = programs().map(async (dir) => {
    const file = join(repository, dir, 'src/issue-code-texts.ts');
    if (!existsSync(file)) return [];
    /** @type {{ issueCodeTexts: Readonly<Record<string, import('@istio-ts/config-model').CodeText>> }} */
    const { issueCodeTexts } = await import(file);
    return [{ program: dir.replace(/.*\//, ''), texts: issueCodeTexts }];
  });
  return (await Promise.all(tables)).flat();
}

/**
 * Every code that the sources of programs write as a literal, tests aside: `code: 'FILE_UNREADABLE'`.
 *
 * @returns {readonly string[]}
 */
export function codesInPrograms() {
  const files = programs().flatMap((dir) => {
    const src = join(repository, dir, 'src');
    const names = existsSync(src) ? readdirSync(src, { recursive: true, encoding: 'utf8' }) : [];
    return names.filter((name) => /(?<!\.test)\.ts$/.test(name)).map((name) => join(src, name));
  });
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/code: '([A-Z_\d]+)'/g)].map(([, code = '']) => code),
  );
}

function programs() {
  return ['apps', 'tools'].flatMap((group) =>
    readdirSync(join(repository, group)).map((name) => `${group}/${name}`),
  );
}
