import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '../../..');

/** A page for readers, by its path from the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Everything under `docs`, and the READMEs of the repository and of its projects. */
export function readPages(): readonly Page[] {
  const docs = readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file));
  const projects = ['apps', 'libs', 'samples', 'tools'].flatMap((folder) =>
    readdirSync(join(repository, folder)).map((project) => join(folder, project, 'README.md')),
  );
  const readmes = ['README.md', ...projects].filter((file) => existsSync(join(repository, file)));
  return [...docs, ...readmes].map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }));
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
