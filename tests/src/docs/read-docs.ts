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
  const readmes = ['README.md', 'tests/README.md', ...projects].filter((file) =>
    existsSync(join(repository, file)),
  );
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

/** A relative link: '' for a file within the page, '' for a fragment where it has none. */
export interface RelativeLink {
  readonly file: string;
  readonly fragment: string;
}

export function relativeLinks(text: string): readonly RelativeLink[] {
  return [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', fragment = ''] = target.split('#');
      return { file, fragment };
    });
}

/** What a page's headings are called in links to them. */
export function fragments(text: string): readonly string[] {
  return [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/gu, '-'),
  );
}

/** Scripts of the root that a page tells to run: `npm run mesh`, `npm test`. */
export function namedScripts(text: string): readonly string[] {
  return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].map(([, run, test]) => run ?? test ?? '');
}

/** Targets that a page tells Nx to run, each `project:target`: `nx build istiod|agent`, `nx run codegen:errors`. */
export function namedTargets(text: string): readonly string[] {
  const runs = [...text.matchAll(/\bnx run ([\w-]+:[\w-]+)/g)].map(([, target = '']) => target);
  const others = [...text.matchAll(/\bnx (build|deploy|pack) ([a-z][\w-]*(?:\|[\w-]+)*)/g)];
  return [
    ...runs,
    ...others.flatMap(([, target = '', projects = '']) =>
      projects.split('|').map((project) => `${project}:${target}`),
    ),
  ];
}

/** All targets of all projects, `project:target`. */
export function nxTargets(): ReadonlySet<string> {
  const folders = ['apps', 'libs', 'tools'].flatMap((group) =>
    readdirSync(join(repository, group)).map((project) => join(group, project)),
  );
  const files = [...folders, 'samples/apps', 'tests'].map((folder) =>
    join(repository, folder, 'project.json'),
  );
  return new Set(
    files.filter(existsSync).flatMap((file) => {
      const { name, targets } = JSON.parse(readFileSync(file, 'utf8')) as NxProject;
      return Object.keys(targets).map((target) => `${name}:${target}`);
    }),
  );
}

interface NxProject {
  readonly name: string;
  readonly targets: Readonly<Record<string, unknown>>;
}

function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '');
}
