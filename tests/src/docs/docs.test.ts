import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { idsInTests, parityRows, states } from './parity-table.js';
import {
  fragments,
  namedPaths,
  namedScripts,
  namedTargets,
  nxTargets,
  readPages,
  relativeLinks,
  repository,
} from './read-docs.js';

const pages = readPages();

test('every path that the docs name is there', () => {
  const missing = pages.flatMap(({ path, text }) =>
    namedPaths(text)
      .filter((named) => !existsSync(join(repository, named)))
      .map((named) => `${path}: ${named}`),
  );
  expect(missing).toEqual([]);
});

test('every relative link of the docs leads somewhere', () => {
  const headings = new Map(pages.map(({ path, text }) => [path, fragments(text)]));
  const broken = pages.flatMap(({ path, text }) =>
    relativeLinks(text)
      .filter(({ file, fragment }) => {
        const target = file === '' ? path : normalize(join(dirname(path), file));
        const leads = existsSync(join(repository, target));
        return !leads || (fragment !== '' && headings.get(target)?.includes(fragment) !== true);
      })
      .map(({ file, fragment }) => `${path}: ${file}#${fragment}`),
  );
  expect(broken).toEqual([]);
});

test('every command of the docs is there to be run', () => {
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const targets = nxTargets();
  const missing = pages.flatMap(({ path, text }) => [
    ...namedScripts(text)
      .filter((name) => !Object.hasOwn(scripts, name))
      .map((name) => `${path}: npm run ${name}`),
    ...namedTargets(text)
      .filter((name) => !targets.has(name))
      .map((name) => `${path}: nx run ${name}`),
  ]);
  expect(missing).toEqual([]);
});

test('every page of the docs is in its index', () => {
  const index = new Map(['docs', 'docs/adr'].map((folder) => [folder, join(folder, 'README.md')]));
  const absent = pages.filter(({ path }) => {
    const page = pages.find((each) => each.path === index.get(dirname(path)));
    return (
      page !== undefined &&
      page.path !== path &&
      !relativeLinks(page.text).some(({ file }) => join(dirname(path), file) === path)
    );
  });
  expect(absent.map(({ path }) => path)).toEqual([]);
});

test('the architecture page names files, so that the check has something to hold', () => {
  const architecture = pages.find(({ path }) => path === 'docs/architecture.md');
  expect(namedPaths(architecture?.text ?? '').length).toBeGreaterThan(30);
});

test('the architecture page has every library in its layers', () => {
  const architecture = pages.find(({ path }) => path === 'docs/architecture.md')?.text ?? '';
  const libraries = readdirSync(join(repository, 'libs'));
  expect(libraries.filter((name) => !new RegExp(`^( L\\d|   )  ${name} `, 'm').test(architecture))).toEqual(
    [],
  );
});

const parity = pages.find(({ path }) => path === 'docs/parity.md')?.text ?? '';
const rows = parityRows(parity);

test('every row of the parity table is shown by the tests that it names', () => {
  const wrong = rows.flatMap(({ id, state, tests }) => {
    const silent = tests
      .filter((file) => !contains(file, id))
      .map((file) => `${id}: ${file} does not show it`);
    const known = states.some((each) => each === state) ? [] : [`${id}: there is no state "${state}"`];
    return [...silent, ...known, ...(tests.length === 0 ? [`${id}: no test`] : [])];
  });
  expect(wrong).toEqual([]);
});

test('live rows, and only those, are shown with real Envoys', () => {
  const wrong = rows.filter(
    ({ state, tests }) => (state === 'live') !== tests.some((file) => file.startsWith('tests/src/e2e/')),
  );
  expect(wrong).toEqual([]);
});

test('every id that a test shows has one row, with that test', () => {
  const named = new Map(rows.map(({ id, tests }) => [id, tests]));
  expect(rows).toHaveLength(named.size);
  const absent = [...idsInTests()].flatMap(([id, files]) =>
    files
      .filter((file) => named.get(id)?.includes(file) !== true)
      .map((file) => `docs/parity.md: a row | ${id} | what it is | state | \`${file}\` |`),
  );
  expect(absent).toEqual([]);
});

function contains(file: string, id: string): boolean {
  const path = join(repository, file);
  return (
    existsSync(path) &&
    new RegExp(`${id.replaceAll('.', '\\.')}(?![0-9A-Za-z])`).test(readFileSync(path, 'utf8'))
  );
}
