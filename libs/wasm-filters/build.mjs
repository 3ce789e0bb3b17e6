#!/usr/bin/env node
/**
 * Compiles the filters: `node build.mjs`. Each folder of assembly/filters becomes one module in dist/.
 * The runtime is AssemblyScript's `minimal`: the filters keep their state in plain memory and nothing collects.
 */
import { readdirSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const here = import.meta.dirname;
const options = [
  '-O3',
  '--noAssert',
  '--runtime',
  'minimal',
  '--use',
  'abort=',
  '--exportStart',
  '_initialize',
];

/** Compiles one filter. The module appears whole or not at all, also when two builds run at once. */
export async function buildFilter(name) {
  const target = join('dist', `${name}.wasm`);
  const draft = join('dist', `.${name}.${process.pid}.wasm`);
  mkdirSync(join(here, 'dist'), { recursive: true });
  const source = join('assembly/filters', name, 'index.ts');
  const { error, stderr } = await asc.main([source, '--baseDir', here, '-o', draft, ...options]);
  if (error) throw new Error(`the filter ${name} does not compile:\n${stderr.toString()}`, { cause: error });
  renameSync(join(here, draft), join(here, target));
}

if (process.argv[1] === import.meta.filename) {
  for (const name of readdirSync(join(here, 'assembly/filters'))) await buildFilter(name);
}
