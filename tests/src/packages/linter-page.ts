import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './empty-project.js';

export interface LinterPage {
  readonly program: string;
  readonly manifest: string;
  readonly output: string;
}

/** The linter of `docs/config-model.md`, the manifest that it is shown with, and what it prints for it. */
export async function readLinterPage(): Promise<LinterPage> {
  const page = await readFile(join(repository, 'docs/config-model.md'), 'utf8');
  const afterMarker = page.slice(page.indexOf('<!-- linter -->'));
  const block = (language: string): string => {
    const found = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'u').exec(afterMarker)?.[1];
    if (found === undefined)
      throw new Error(`docs/config-model.md has no ${language} block after its marker`);
    return found;
  };
  return { program: block('js'), manifest: block('yaml'), output: block('text').trim() };
}
