import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmptyProject, packages, readmeExample, repository } from './empty-project.js';
import { readLinterPage } from './linter-page.js';

const libraries = ['foundation', 'config-model', 'xds-types'] as const;
let project: EmptyProject;

beforeAll(async () => {
  project = await EmptyProject.create();
}, 300_000);

afterAll(() => rm(project.folder, { recursive: true, force: true }));

describe('our libraries, packed and installed together into an empty project', () => {
  it('type-check strictly, declarations included, in the examples of their READMEs', async () => {
    for (const name of libraries) await project.write(`${name}.ts`, await readmeExample(name, 'ts'));
    await project.write('wasm-filters.ts', wasmFilters);
    await project.write('subpaths.ts', subpaths);
    expect(await project.typeErrors({ module: 'nodenext' })).toBe('');
  }, 120_000);

  it('are found in the way of bundlers too', async () => {
    const resolution = { module: 'preserve', moduleResolution: 'bundler', noEmit: true } as const;
    expect(await project.typeErrors(resolution)).toBe('');
  }, 120_000);

  it.each(libraries)('run the example of %s', async (name) => {
    expect(await project.run(process.execPath, [`out/${name}.js`])).toBe('');
  });

  it('say what the README of config-model says', async () => {
    const example = await readFile(join(project.folder, 'out/config-model.js'), 'utf8');
    await project.write('out/report.js', `${example}\nconsole.log(report.join('\\n'));`);
    const report = await project.run(process.execPath, ['out/report.js']);
    const readme = (await readmeExample('config-model', 'ts')).replace(/\n\/\/ +/g, ' ');
    expect(readme).toContain(`report: ${report}`);
  });

  it('are enough for the linter of the docs, which says what the page says and fails', async () => {
    const { program, manifest, output } = await readLinterPage();
    await project.write('lint.mjs', program);
    await project.write('reviews.yaml', manifest);
    await project.write('clean.yaml', '# nothing\n');
    await expect(project.run(process.execPath, ['lint.mjs', 'reviews.yaml'])).rejects.toThrow(output);
    expect(await project.run(process.execPath, ['lint.mjs', 'clean.yaml'])).toBe('');
  });

  it('give their files away by name: the filter, its tags and metrics, CRDs, schemas', async () => {
    expect(await project.run(process.execPath, ['out/wasm-filters.js'])).toBe('true 27 10');
    expect(await project.run(process.execPath, ['out/subpaths.js'])).toBe('15 CustomResourceDefinition');
  });

  it.each(packages)('%s brings its licence, its README, and no source or test', async (name) => {
    const folder = join(project.folder, 'node_modules/@istio-ts', name);
    const files = await readdir(folder, { recursive: true });
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(files.filter((file) => /\.test\.|testing|(?<!\.d)\.ts$/.test(file))).toEqual([]);
    expect(await readFile(join(folder, 'package.json'), 'utf8')).not.toContain('istio-ts-source');
    expect(await readFile(join(folder, 'README.md'), 'utf8')).not.toContain('](../');
  });

  it('need nothing of ours that is not among them', async () => {
    const installed = await readdir(join(project.folder, 'node_modules/@istio-ts'));
    expect(installed.sort()).toEqual([...packages].sort());
  });

  it('make the README of wasm-filters a configuration that Envoy accepts', async () => {
    await project.write('envoy.yaml', await readmeExample('wasm-filters', 'yaml'));
    const finder = join(repository, 'tools/envoy/src/find-envoy.mjs');
    const envoy = await project.run(process.execPath, [finder]);
    expect(await project.run(envoy, ['--mode', 'validate', '-c', 'envoy.yaml', '-l', 'error'])).toContain(
      'OK',
    );
  });
});

/** Uses the files of wasm-filters as an own build would. */
const wasmFilters = `
import tags from '@istio-ts/wasm-filters/stats-tags.json' with { type: 'json' };
import described from '@istio-ts/wasm-filters/stats-metrics.json' with { type: 'json' };
declare const console: { log(...values: unknown[]): void };
const path = import.meta.resolve('@istio-ts/wasm-filters/stats.wasm');
console.log(path.endsWith('/wasm-filters/dist/stats.wasm'), tags.length, described.metrics.length);
`;

/** Everything that stands behind a path of its own. */
const subpaths = `
import { renderCrds } from '@istio-ts/config-model/crd';
import virtualService from '@istio-ts/config-model/schemas/VirtualService.json' with { type: 'json' };
declare const console: { log(...values: unknown[]): void };
import.meta.resolve('@istio-ts/xds-types/registry');
import.meta.resolve('@istio-ts/config-model/proxy-config');
import.meta.resolve('@istio-ts/config-model/crds/virtualservices.networking.istio.io.yaml');
const [text = ''] = [...renderCrds().values()];
const kind = virtualService ? /kind: (\\w+)/.exec(text)?.[1] : undefined;
console.log(renderCrds().size, kind);
`;
