/**
 * `node tools/setup/src/pack.mjs PROJECT`: a library as the package that other people install, PROJECT/build/package and
 * beside it the archive of `npm pack`. What the manifest's `files` name is taken as it was built; a library with a
 * `tsconfig.package.json` is compiled on top of that. Of the manifest only what concerns a user is left.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './steps.mjs';

const [project] = process.argv.slice(2);
if (project === undefined) {
  process.stderr.write('usage: pack.mjs PROJECT\n');
  process.exit(2);
}

const build = join(project, 'build');
const folder = join(build, 'package');
const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));

await rm(build, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const file of manifest.files) await copyBuilt(file);
await compile();
await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'));
await writeFile(join(folder, 'README.md'), standalone(await readFile(join(project, 'README.md'), 'utf8')));
await writeFile(join(folder, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`);
checkExports();
run('npm', ['pack', '--silent', '--pack-destination', '..'], folder);

async function copyBuilt(file) {
  const source = join(project, file);
  if (existsSync(source)) await cp(source, join(folder, file), { recursive: true });
}

async function compile() {
  const config = join(project, 'tsconfig.package.json');
  if (!existsSync(config)) return;
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  run(process.execPath, [tsc, '-p', config, '--outDir', join(folder, 'dist')]);
}

/** Links to the rest of this repository lead nowhere from the package: their words stay. */
function standalone(readme) {
  return readme.replace(/\[([^\]]+)\]\(\.\.\/[^)]*\)/g, '$1');
}

/** What a manifest promises and is not there would be found by users only. */
function checkExports() {
  for (const target of Object.values(manifest.exports).flatMap(targets)) {
    if (!target.includes('*') && !existsSync(join(folder, target)))
      throw new Error(`${manifest.name} exports ${target}, which was not built`);
  }
}

/** The files that an entry of `exports` names outside of this workspace. */
function targets(entry) {
  return typeof entry === 'string' ? [entry] : [entry.types, entry.default];
}

/** Dependencies of tests and the export condition of this workspace's sources mean nothing to a user. */
function published({ devDependencies: _tests, exports, ...rest }) {
  const outside = Object.entries(exports).map(([path, entry]) => [
    path,
    typeof entry === 'string' ? entry : { types: entry.types, default: entry.default },
  ]);
  return { ...rest, exports: Object.fromEntries(outside) };
}

function run(command, args, cwd = '.') {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed`, { cause: error });
}
