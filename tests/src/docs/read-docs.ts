import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const repository = join(import.meta.dirname, '../../..');

/** A page under `docs`, by its path from the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

export function readPages(): readonly Page[] {
  const docs = join(repository, 'docs');
  return readdirSync(docs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => ({ path: relative(repository, file), text: readFileSync(file, 'utf8') }));
}

/** Folders of the repository that a path in the docs may start with. */
const roots = ['apps', 'docs', 'libs', 'samples', 'tests', 'tools'];
/** What only a build makes. */
const built = ['dist', 'gen', 'node_modules'];

/** Paths in backticks that stand for a file or folder of the repository. Patterns (`*`, `<case>`, `{a,b}`, `…`) stand for none. */
export function namedPaths(text: string): readonly string[] {
  const spans = [...withoutFences(text).matchAll(/`([^`\s]+)`/g)].map(([, span = '']) => span);
  return spans.filter((span) => {
    const [first = '', ...rest] = span.split('/');
    const isPath = roots.includes(first) && rest.length > 0 && rest[0] !== '' && !/[*<>{}…$]/.test(span);
    return isPath && !rest.some((part) => built.includes(part));
  });
}

/** Targets of links that are relative, without their fragment; '' for a link within the page. */
export function relativeLinks(text: string): readonly string[] {
  return [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => target.replace(/#.*$/, ''));
}

function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '');
}
